import { DataTable, type Column } from "../../src/pictures/dataTable.js";
import { linear, ticks } from "../../src/pictures/scale.js";
import type { ProfileCard } from "../types.js";
import { useWidth } from "../useWidth.js";
import { Axes, MARGIN, WIDEST } from "./axes.js";
import { share, targetText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

type Sample = ProfileCard["samples"][number];

const off = ({ predicted, latencyMs }: Sample) => predicted / latencyMs - 1;
const signed = (value: number) => `${value < 0 ? "\u2212" : "+"}${share(Math.abs(value))}`;

const columns: Column<Sample>[] = [
  { head: t("Measured (ms)"), text: ({ latencyMs }) => latencyMs.toFixed(3) },
  { head: t("Predicted (ms)"), text: ({ predicted }) => predicted.toFixed(3) },
  { head: t("Off by"), text: (sample) => signed(off(sample)) },
  { head: t("Split-half"), text: ({ splitHalf }) => share(splitHalf) },
  { head: t("Batch"), text: ({ batch, suspect }) => `${batch + 1}${suspect === true ? t(", suspect") : ""}` },
  { head: t("Blocks per stage"), text: ({ stages }) => stages.map(({ blocks }) => blocks.length).join(" "), words: true },
];

/** Measured against predicted by a fit that had not seen the architecture; on the line they are equal. */
export function Scatter({ result, target }: { result: ProfileCard; target: number }) {
  const { samples, heldOut } = result;
  const [box, full] = useWidth<HTMLDivElement>();
  const width = Math.min(full, WIDEST + MARGIN.left + MARGIN.right);
  return (
    <section class="scatter">
      <h2>{t("Measured against predicted, held out")}</h2>
      <div ref={box} class="plot">
        {width > 80 && <Drawing samples={samples} width={width} target={target} label={t("{0} architectures, measured against predicted; the mean absolute error is {1}", samples.length, share(heldOut.mape))} />}
      </div>
      <p class="legend">
        <span><i class="key dot latency" />{t("an architecture")}</span>
        {samples.some(({ suspect }) => suspect) && <span><i class="key dot hollow" />{t("of a suspect batch")}</span>}
        <span><i class="key" />{t("measured = predicted")}</span>
        {target > 0 && <span><i class="key area latency" />{t("within {0}, the target", targetText(target))}</span>}
      </p>
      <DataTable name={t("Timed architectures")} columns={columns} rows={[...samples].sort((a, b) => a.latencyMs - b.latencyMs)} />
    </section>
  );
}

function Drawing(props: { samples: readonly Sample[]; width: number; target: number; label: string }) {
  const { samples, width, target, label } = props;
  const values = samples.flatMap(({ latencyMs, predicted }) => [latencyMs, predicted]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = 0.04 * (most - least || most);
  const domain = [least - pad, most + pad] as const;
  const side = width - MARGIN.left - MARGIN.right;
  const height = side + MARGIN.top + MARGIN.bottom;
  // The same scale both ways, else the line is not at 45 degrees.
  const x = linear(domain, [MARGIN.left, MARGIN.left + side]);
  const y = linear(domain, [MARGIN.top + side, MARGIN.top]);
  const [low, high] = domain;
  const at = (measured: number, predicted: number) => `${x(measured).toFixed(1)} ${y(predicted).toFixed(1)}`;
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <clipPath id="inside"><rect x={MARGIN.left} y={MARGIN.top} width={side} height={side} /></clipPath>
      <Axes x={x} y={y} ticks={ticks(low, high, side / 56)} side={side} />
      <g clip-path="url(#inside)">
        <path class="band latency" d={`M${at(low, low * (1 + target))}L${at(high, high * (1 + target))}L${at(high, high * (1 - target))}L${at(low, low * (1 - target))}Z`} />
        <path class="front-line" d={`M${at(low, low)}L${at(high, high)}`} />
      </g>
      {samples.map((sample, i) => (
        <circle key={i} class={sample.suspect === true ? "sample hollow" : "sample"} cx={x(sample.latencyMs)} cy={y(sample.predicted)} r={4}>
          <title>{t("measured {0} ms, predicted {1} ms ({2})", sample.latencyMs.toFixed(2), sample.predicted.toFixed(2), signed(off(sample)))}</title>
        </circle>
      ))}
    </svg>
  );
}
