import type { Scale } from "./scale.js";

/** Edges of the plotting area, px. */
export interface Frame { left: number; right: number; top: number; bottom: number }

/** A tick with a true minus. */
export const tickText = (value: number): string => String(value).replace("-", "\u2212");

/** Grid lines across at the y ticks, tick labels on both axes, names at their ends. */
export function Axes(props: { x: Scale; y: Scale; frame: Frame; xTicks: readonly number[]; yTicks: readonly number[]; xName: string; yName: string }) {
  const { x, y, frame, xTicks, yTicks } = props;
  return (
    <g>
      {yTicks.map((tick) => (
        <g key={tick}>
          <line class="rule" x1={frame.left} x2={frame.right} y1={y(tick)} y2={y(tick)} />
          <text x={frame.left - 6} y={y(tick) + 4} text-anchor="end">{tickText(tick)}</text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <text key={tick} x={x(tick)} y={frame.bottom + 16} text-anchor="middle">{tickText(tick)}</text>
      ))}
      <text x={0} y={frame.top - 10}>{props.yName}</text>
      <text x={frame.right} y={frame.bottom + 32} text-anchor="end">{props.xName}</text>
    </g>
  );
}
