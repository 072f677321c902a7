import { accuracyText, benchNames, originText, type BenchNames } from "../../src/shared/benchText.js";
import { DataTable, type Column } from "../../src/pictures/dataTable.js";
import { ms } from "../../src/shared/format.js";
import { linear, ticks } from "../../src/pictures/scale.js";
import type { BenchResult, BenchRow } from "../types.js";
import { byLatency, rangeOf } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** Where a value lies in its lane, 0 to 100, and the lane's round numbers. */
interface Axis {
  at: (value: number) => number;
  ticks: number[];
}

const columnsOf = (names: BenchNames): Column<BenchRow>[] => [
  { head: t("Network"), text: ({ key }) => names.get(key)!, words: true },
  { head: t("Resolution (px)"), text: ({ resolution }) => String(resolution) },
  { head: t("Latency (ms)"), text: ({ latencyMs }) => latencyMs.toFixed(3) },
  { head: t("Batches (ms)"), text: ({ perBatch }) => perBatch.map((one) => one.toFixed(3)).join(" ") },
  { head: t("Standard error"), text: ({ standardError }) => `${(100 * standardError).toFixed(2)}\u00a0%` },
  { head: t("Accuracy"), text: ({ accuracy }) => accuracyText(accuracy) },
  { head: t("Parameters (M)"), text: ({ parameters }) => (parameters / 1e6).toFixed(2) },
  { head: t("Multiply-adds (M)"), text: ({ multiplyAdds }) => (multiplyAdds / 1e6).toFixed(0) },
  { head: t("Source of the accuracy"), text: ({ accuracy }) => accuracy?.source ?? "–", words: true },
];

/** Latency beside accuracy, a row for each network, the fastest first. */
export function BenchChart({ result }: { result: BenchResult }) {
  const rows = byLatency(result.rows);
  const names = benchNames(result.rows);
  const most = Math.max(...rows.flatMap(({ perBatch, latencyMs }) => [...perBatch, latencyMs]));
  const latency = axis([0, most * 1.02]);
  const accuracies = rows.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy.value]));
  // Dots, not bars: an accuracy axis need not begin at zero.
  const accuracy = accuracies.length === 0 ? null : axis([Math.floor(Math.min(...accuracies)) - 1, Math.ceil(Math.max(...accuracies)) + 1]);
  const some = (origin: "predicted" | "published") => rows.some((row) => row.accuracy?.origin === origin);
  return (
    <section class="bench-chart">
      <h2>{t("Latency and accuracy, the fastest first")}</h2>
      <div class="bench-rows">
        <div class="bench-row heads" aria-hidden="true">
          <span>{t("Network")}</span>
          <span>{t("Latency, measured (ms)")}</span>
          <span>{t("Accuracy, not measured (%)")}</span>
        </div>
        {rows.map((row) => <Row key={row.key} row={row} name={names.get(row.key)!} latency={latency} accuracy={accuracy} />)}
        <div class="bench-row ends" aria-hidden="true">
          <span />
          <div class="bench-lane"><Ticks axis={latency} /><span /></div>
          <div class="bench-lane">{accuracy === null ? <span /> : <Ticks axis={accuracy} />}<span /></div>
        </div>
      </div>
      <p class="legend">
        {result.noise.batches > 1 && <span><i class="key spread" />{t("smallest to largest of {0} batches", result.noise.batches)}</span>}
        {some("predicted") && <span><i class="key dot" />{t("accuracy predicted")}</span>}
        {some("published") && <span><i class="key ring" />{t("accuracy published")}</span>}
      </p>
      <DataTable name={t("Measured networks")} columns={columnsOf(names)} rows={rows} />
    </section>
  );
}

function axis(domain: readonly [number, number]): Axis {
  return { at: linear(domain, [0, 100]), ticks: ticks(domain[0], domain[1], 3) };
}

function Row({ row, name, latency, accuracy }: { row: BenchRow; name: string; latency: Axis; accuracy: Axis | null }) {
  const { kind, resolution, latencyMs, accuracy: known } = row;
  const [least, most] = rangeOf(row);
  return (
    <div class={`bench-row ${kind}`} data-network={row.key}>
      <div class="who">
        {name}
        <small>{kind === "baseline" ? t("baseline, {0}\u00a0px", resolution) : `${resolution}\u00a0px`}</small>
      </div>
      <div class="bench-lane latency">
        <svg height={28} role="img" aria-label={t("{0}: {1}, batches from {2} to {3}", name, ms(latencyMs), ms(least), ms(most))}>
          <Rules axis={latency} />
          <rect class="time" width={`${latency.at(latencyMs)}%`} y={7} height={14} />
          {row.perBatch.length > 1 && <Spread from={latency.at(least)} to={latency.at(most)} />}
        </svg>
        <span>{ms(latencyMs)}</span>
      </div>
      <div class="bench-lane accuracy">
        <svg height={28} role="img" aria-label={t("{0}: accuracy {1}", name, accuracyText(known))}>
          {accuracy !== null && <Rules axis={accuracy} />}
          {accuracy !== null && known !== null && <circle class={known.origin} cx={`${accuracy.at(known.value)}%`} cy={14} r={5} />}
        </svg>
        {known === null ? <span class="dim">{t("unknown")}</span> : <span>{known.value.toFixed(1)}&nbsp;{known.unit}<small>{originText(known.origin)}</small></span>}
      </div>
    </div>
  );
}

/** A bar with ends: also a narrow spread is seen. */
function Spread({ from, to }: { from: number; to: number }) {
  return (
    <g class="spread">
      <line x1={`${from}%`} x2={`${to}%`} y1={14} y2={14} />
      <line x1={`${from}%`} x2={`${from}%`} y1={10} y2={18} />
      <line x1={`${to}%`} x2={`${to}%`} y1={10} y2={18} />
    </g>
  );
}

function Rules({ axis: { at, ticks: marks } }: { axis: Axis }) {
  return <g>{marks.map((mark) => <line key={mark} class="rule" x1={`${at(mark)}%`} x2={`${at(mark)}%`} y1={0} y2={28} />)}</g>;
}

function Ticks({ axis: { at, ticks: marks } }: { axis: Axis }) {
  return (
    <svg height={18}>
      {marks.map((mark) => <text key={mark} x={`${at(mark)}%`} y={12} text-anchor={at(mark) < 4 ? "start" : at(mark) > 96 ? "end" : "middle"}>{mark}</text>)}
    </svg>
  );
}
