import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Axes, type Frame } from "../axes.js";
import { DataTable, type Column } from "../dataTable.js";
import { linear, ticks, type Scale } from "../scale.js";
import { VerdictLine, type Verdict } from "./verdict.js";

const HEIGHT = 208;

interface SmallChartProps<Row> {
  name: string;
  verdict: Verdict | null | undefined;
  /** What is seen, for those who do not see it. */
  label: string;
  width: number;
  x: readonly [number, number];
  y: readonly [number, number];
  xName: string;
  yName: string;
  /** The table behind the marks. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** The marks, clipped to the frame. */
  children: (x: Scale, y: Scale, frame: Frame) => ComponentChildren;
}

/** One small chart with its verdict above and its table behind. `width` in CSS px. */
export function SmallChart<Row>(props: SmallChartProps<Row>) {
  const { name, width } = props;
  const clip = useId();
  const frame = { left: 46, right: width - 10, top: 22, bottom: HEIGHT - 36 };
  const x = linear(props.x, [frame.left, frame.right]);
  const y = linear(props.y, [frame.bottom, frame.top]);
  return (
    <div class="diagnostic">
      <h4>{name}</h4>
      <VerdictLine verdict={props.verdict} />
      <div class="drawn">
        <svg width={width} height={HEIGHT} role="img" aria-label={props.label}>
          <clipPath id={clip}><rect x={frame.left} y={frame.top - 3} width={Math.max(0, frame.right - frame.left + 3)} height={frame.bottom - frame.top + 6} /></clipPath>
          <Axes {...{ x, y, frame }} xTicks={ticks(...props.x, width / 70)} yTicks={ticks(...props.y, 5)} xName={props.xName} yName={props.yName} />
          <g clip-path={`url(#${clip})`}>{props.children(x, y, frame)}</g>
        </svg>
      </div>
      {props.rows.length > 0 && <DataTable name={name} columns={props.columns} rows={props.rows} />}
    </div>
  );
}
