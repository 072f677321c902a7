import { percent } from "../../src/shared/format.js";
import { linear, ticks } from "../../src/pictures/scale.js";
import { t } from "../../src/shared/l10n.js";
import { architectureKey } from "../../src/shared/verified.js";
import { DataTable, type Column } from "../../src/pictures/dataTable.js";
import { Axes, MARGIN, WIDEST } from "../profile/axes.js";
import type { TuneCard } from "../types.js";
import { useWidth } from "../useWidth.js";
import { signedShare, triedIn, type Tried } from "./text.js";

const off = ({ predicted, combined }: Tried) => combined.latencyMs / predicted.latency.value - 1;

const columns: Column<Tried>[] = [
  { head: t("Round"), text: ({ round }) => String(round + 1) },
  { head: t("Accuracy"), text: ({ predicted }) => percent(predicted.accuracy.value) },
  { head: t("Predicted (ms)"), text: ({ predicted }) => predicted.latency.value.toFixed(3) },
  { head: t("Measured (ms)"), text: ({ measured }) => measured.latencyMs.toFixed(3) },
  { head: t("Once more (ms)"), text: ({ confirmed }) => (confirmed === null ? "–" : confirmed.latencyMs.toFixed(3)) },
  { head: t("Off by"), text: (one) => signedShare(off(one)) },
  { head: t("Blocks per stage"), text: ({ architecture }) => architecture.stages.map(({ blocks }) => blocks.length).join(" "), words: true },
];

/** What the predictor said before each round against what was measured; left of the budget line it fits. */
export function TuneScatter({ result }: { result: TuneCard }) {
  const tried = triedIn(result);
  const [box, full] = useWidth<HTMLDivElement>();
  const width = Math.min(full, WIDEST + MARGIN.left + MARGIN.right);
  const within = tried.filter(({ combined }) => combined.latencyMs <= result.budget).length;
  const suspect = tried.some((one) => one.suspect);
  return (
    <section class="scatter">
      <h2>{t("Measured against predicted, before each correction")}</h2>
      <div ref={box} class="plot">
        {width > 80 && <Drawing result={result} tried={tried} width={width} label={t("{0} architectures, measured against predicted; {1} of them measure within the budget", tried.length, within)} />}
      </div>
      <p class="legend">
        <span><i class="key ring latency" />{t("the winner")}</span>
        <span><i class="key dot latency" />{t("another architecture")}</span>
        {suspect && <span><i class="key dot hollow" />{t("of a suspect batch")}</span>}
        <span><i class="key" />{t("measured = predicted")}</span>
        <span><i class="key dashed latency" />{t("budget")}</span>
      </p>
      <DataTable name={t("Measured architectures")} columns={columns} rows={tried} />
    </section>
  );
}

function Drawing(props: { result: TuneCard; tried: readonly Tried[]; width: number; label: string }) {
  const { result, tried, width, label } = props;
  const { budget, architecture } = result;
  const values = [budget, ...tried.flatMap(({ combined, predicted }) => [combined.latencyMs, predicted.latency.value])];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const pad = 0.06 * (most - least || most);
  const domain = [least - pad, most + pad] as const;
  const side = width - MARGIN.left - MARGIN.right;
  // The same scale both ways, else the line is not at 45 degrees.
  const x = linear(domain, [MARGIN.left, MARGIN.left + side]);
  const y = linear(domain, [MARGIN.top + side, MARGIN.top]);
  const [low, high] = domain;
  const winner = architecture === null ? null : architectureKey(architecture);
  const isWinner = (one: Tried) => architectureKey(one.architecture) === winner;
  const order = [...tried].sort((a, b) => Number(isWinner(a)) - Number(isWinner(b)));
  return (
    <svg width={width} height={side + MARGIN.top + MARGIN.bottom} role="img" aria-label={label}>
      <Axes x={x} y={y} ticks={ticks(low, high, side / 56)} side={side} />
      <path class="front-line" d={`M${x(low).toFixed(1)} ${y(low).toFixed(1)}L${x(high).toFixed(1)} ${y(high).toFixed(1)}`} />
      <line class="budget-line" x1={x(budget)} x2={x(budget)} y1={MARGIN.top} y2={MARGIN.top + side} />
      {order.map((one, i) => (
        <circle key={i} class={`sample ${one.suspect ? "hollow" : ""} ${isWinner(one) ? "winner" : ""}`} cx={x(one.combined.latencyMs)} cy={y(one.predicted.latency.value)} r={isWinner(one) ? 6 : 4}>
          <title>{t("round {0}: measured {1} ms, predicted {2} ms ({3}), {4}", one.round + 1, one.combined.latencyMs.toFixed(2), one.predicted.latency.value.toFixed(2), signedShare(off(one)), percent(one.predicted.accuracy.value))}</title>
        </circle>
      ))}
    </svg>
  );
}
