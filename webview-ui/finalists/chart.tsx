import { DataTable, type Column } from "../../src/pictures/dataTable.js";
import { padded } from "../../src/pictures/path.js";
import { linear, ticks, type Scale } from "../../src/pictures/scale.js";
import { percent } from "../../src/shared/format.js";
import { millions, rangeText } from "../evaluate/text.js";
import type { Finalist, FinalistsCard } from "../types.js";
import { useWidth } from "../useWidth.js";
import { ordinal, signedRange } from "./text.js";
import { t } from "../../src/shared/l10n.js";

const ROW = 36;
const LEFT = 84;
const RIGHT = 56;
const TOP = 6;
/** Of the measured and the predicted value from the middle of a row, px. */
const APART = 6;

function columnsOf({ finalists, precision }: FinalistsCard): Column<Finalist>[] {
  const columns: (Column<Finalist> | false)[] = [
    { head: t("Place"), text: (_, i) => ordinal(i + 1), words: true },
    { head: t("Measured, {0} (%)", precision), text: ({ measured }) => measured.top1.value.toFixed(2) },
    { head: t("95 % interval, measured"), text: ({ measured }) => rangeText(measured.top1.interval) },
    { head: t("Readings (%)"), text: ({ readings }) => readings.map((one) => one.toFixed(2)).join(" ") },
    finalists.some(({ measured }) => measured.top5 !== null) && { head: t("Top-5 (%)"), text: ({ measured }) => measured.top5?.value.toFixed(2) ?? "–" },
    { head: t("Predicted (%)"), text: ({ predicted }) => predicted.accuracy.value.toFixed(2) },
    { head: t("95 % interval, predicted"), text: ({ predicted }) => (predicted.accuracy.interval === null ? t("none") : rangeText(predicted.accuracy.interval)) },
    { head: t("Latency, predicted (ms)"), text: ({ predicted }) => predicted.latency.value.toFixed(3) },
    { head: t("Behind (pp)"), text: ({ behind }) => (behind === null ? "–" : behind.value.toFixed(2)) },
    { head: t("95 % interval, behind"), text: ({ behind }) => (behind === null ? "–" : signedRange(behind.interval)) },
    { head: t("Parameters"), text: ({ parameters }) => millions(parameters) },
    { head: t("Multiply-adds"), text: ({ multiplyAdds }) => millions(multiplyAdds) },
    finalists.some(({ round }) => round > 1) && { head: t("Round"), text: ({ round }) => String(round) },
  ];
  return columns.filter((column) => column !== false);
}

/** What each finalist was predicted and what it measured, on one axis, the best first. */
export function FinalistsChart({ result, picked }: { result: FinalistsCard; picked: number }) {
  const { finalists } = result;
  const [box, width] = useWidth<HTMLDivElement>();
  const some = (has: (one: Finalist) => boolean) => finalists.some(has);
  return (
    <section class="scatter">
      <h2>{t("Predicted and measured, the best first")}</h2>
      <div ref={box} class="plot">{width > 80 && <Drawing result={result} picked={picked} width={width} />}</div>
      <p class="legend">
        <span><i class="key dot" />{t("measured, with its 95\u00a0% interval")}</span>
        {some(({ readings }) => readings.length > 1) && <span><i class="key upright ink" />{t("with each calibration set")}</span>}
        <span><i class="key dot hollow accuracy" />{some(({ predicted }) => predicted.accuracy.interval !== null) ? t("predicted, with its 95\u00a0% interval") : t("predicted")}</span>
      </p>
      <DataTable name={t("Finalists, predicted and measured")} columns={columnsOf(result)} rows={finalists} />
    </section>
  );
}

function Drawing({ result, picked, width }: { result: FinalistsCard; picked: number; width: number }) {
  const { finalists, optimumRank } = result;
  const [low, high] = padded(finalists.flatMap(({ measured, predicted, readings }) => [...measured.top1.interval, ...readings, predicted.accuracy.value, ...(predicted.accuracy.interval ?? [])]), 0.02);
  const bottom = TOP + ROW * finalists.length;
  const x = linear([low, high], [LEFT, width - RIGHT]);
  const best = finalists[0]!;
  return (
    <svg width={width} height={bottom + 36} role="img" aria-label={t("{0} finalists, predicted and measured top-1; the best measures {1} and was predicted {2}", finalists.length, percent(best.measured.top1.value), percent(best.predicted.accuracy.value))}>
      {ticks(low, high, Math.max(4, (width - LEFT - RIGHT) / 70)).map((tick) => (
        <g key={tick}>
          <line class="rule" x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} />
          <text x={x(tick)} y={bottom + 15} text-anchor="middle">{tick}</text>
        </g>
      ))}
      <text x={width - RIGHT} y={bottom + 31} text-anchor="end">{t("top-1, %")}</text>
      {finalists.map((one, i) => (
        <Row key={i} one={one} place={i} picked={i === picked} optimum={i === optimumRank} x={x} middle={TOP + ROW * (i + 0.5)} width={width} />
      ))}
    </svg>
  );
}

function Row(props: { one: Finalist; place: number; picked: boolean; optimum: boolean; x: Scale; middle: number; width: number }) {
  const { one: { measured: { top1 }, readings, predicted: { accuracy } }, place, picked, optimum, x, middle, width } = props;
  const [upper, lower] = [middle - APART, middle + APART];
  return (
    <g data-finalist={place}>
      {picked && <rect class="picked" x={0} y={middle - ROW / 2 + 1} width={width} height={ROW - 2} rx={3} />}
      <text class="strong" x={6} y={middle + (optimum ? -2 : 4)}>{ordinal(place + 1)}</text>
      {optimum && <text x={6} y={middle + 11}>{t("optimum")}</text>}
      <line class="reach" x1={x(top1.interval[0])} x2={x(top1.interval[1])} y1={upper} y2={upper} />
      {readings.length > 1 && readings.map((one, i) => <line key={i} class="reading" x1={x(one)} x2={x(one)} y1={upper - 6} y2={upper + 6} />)}
      <circle class="sample accuracy solid" cx={x(top1.value)} cy={upper} r={5}>
        <title>{t("{0}: measured {1} %, 95 %: {2} %", ordinal(place + 1), top1.value.toFixed(2), rangeText(top1.interval))}</title>
      </circle>
      {accuracy.interval !== null && <line class="reach thin" x1={x(accuracy.interval[0])} x2={x(accuracy.interval[1])} y1={lower} y2={lower} />}
      <circle class="sample accuracy hollow" cx={x(accuracy.value)} cy={lower} r={4}>
        <title>{t("{0}: predicted {1} %", ordinal(place + 1), accuracy.value.toFixed(2))}</title>
      </circle>
      <text class="strong" x={width - 6} y={middle + 4} text-anchor="end">{top1.value.toFixed(2)}</text>
    </g>
  );
}
