import type { Part } from "../shared/explanation.js";
import { ms, percent } from "../shared/format.js";
import { Axes } from "./axes.js";
import { DataTable, type Column } from "./dataTable.js";
import { placeLabels } from "./labels.js";
import { line, padded, type Point } from "./path.js";
import { Plot } from "./plot.js";
import { linear, ticks } from "./scale.js";
import { signed, type Target } from "./target.js";
import { EndLane, LaneHeads, StepLane } from "./waterfall/lane.js";
import { waterfall } from "./waterfall/stack.js";
import { columns, partRow, valueRow } from "./waterfall/table.js";
import { t } from "../shared/l10n.js";

interface Pair { accuracy: number; latency: number }

export interface DifferenceProps {
  /** B minus A by stage, pp and ms. */
  rows: readonly { stage: string; accuracy: Part; latency: Part }[];
  /** B minus A as a whole, where its interval is known. */
  total?: Record<Target, Part> | undefined;
  /** Predictions on the way from A to B, after taking over each stage in turn: % and ms. The last is B. */
  path: readonly (Pair & { stage: string })[];
  from: Pair;
  to: Pair;
  width: number;
  /** Decimals of differences in ms; one where it is not said. */
  digits?: number;
}

const HEIGHT = 250;

/** What the stages of B add to A or save, as a waterfall from A to B, and the way from A to B stage by stage. */
export function DifferencePicture(props: DifferenceProps) {
  const { rows, from, to, path, width, digits } = props;
  const total = props.total ?? { accuracy: { value: to.accuracy - from.accuracy, interval: null }, latency: { value: to.latency - from.latency, interval: null } };
  const fallOf = (target: Target) => waterfall({ baseline: from[target], contributions: rows.map((row) => ({ stage: row.stage, ...row[target] })) });
  const falls = { accuracy: fallOf("accuracy"), latency: fallOf("latency") };
  const said = t("B differs from A by {0} and {1}.", signed.accuracy(total.accuracy.value), signed.latency(total.latency.value, digits));
  const step = (target: Target) => ({ ...total[target], start: from[target], end: from[target] + total[target].value });
  const lanes = (end: "baseline" | "total") => (
    <>
      <EndLane target="accuracy" fall={falls.accuracy} end={end} />
      <EndLane target="latency" fall={falls.latency} end={end} />
    </>
  );
  const tableRows = [valueRow("A", from.accuracy, from.latency), ...rows.map((row) => partRow(t("Stage {0}", row.stage), row.accuracy, row.latency, digits)), partRow(t("Total"), total.accuracy, total.latency, digits), valueRow("B", to.accuracy, to.latency)];
  return (
    <section class="picture why difference">
      <h2>{t("From A to B: what each stage changes")}</h2>
      <div class="why-grid" role="img" aria-label={t("Waterfall of the differences by stage. {0}", said)}>
        <LaneHeads />
        <div class="why-row end"><span class="stage">A</span>{lanes("baseline")}</div>
        {rows.map((row, i) => (
          <div key={row.stage} class="why-row">
            <span class="stage">{t("Stage {0}", row.stage)}</span>
            <StepLane target="accuracy" fall={falls.accuracy} step={falls.accuracy.steps[i]!} />
            <StepLane target="latency" fall={falls.latency} step={falls.latency.steps[i]!} {...{ digits }} />
          </div>
        ))}
        <div class="why-row end"><span class="stage">B</span>{lanes("total")}</div>
        <div class="why-row sum">
          <span class="stage">{t("Total")}</span>
          <StepLane target="accuracy" fall={falls.accuracy} step={step("accuracy")} />
          <StepLane target="latency" fall={falls.latency} step={step("latency")} {...{ digits }} />
        </div>
      </div>
      <DataTable name={t("Differences by stage")} columns={columns} rows={tableRows} />
      {path.length > 0 && <Way {...{ path, from, width }} />}
    </section>
  );
}

type Stop = Pair & { name: string };
const stopColumns: readonly Column<Stop>[] = [
  { head: t("After"), text: (stop) => stop.name, words: true },
  { head: t("Accuracy (%)"), text: (stop) => stop.accuracy.toFixed(2) },
  { head: t("Latency (ms)"), text: (stop) => stop.latency.toFixed(2) },
];

function Way({ path, from, width }: Pick<DifferenceProps, "path" | "from" | "width">) {
  const stops: Stop[] = [{ ...from, name: "A" }, ...path.map((step, i) => ({ ...step, name: t("stage {0}{1}", step.stage, i === path.length - 1 ? ", B" : "") }))];
  return (
    <div class="target">
      <h3>{t("The way from A to B, one stage at a time")}</h3>
      <Plot width={width}>{(w) => <WayChart stops={stops} width={w} />}</Plot>
      <DataTable name={t("The way from A to B")} columns={stopColumns} rows={stops} />
    </div>
  );
}

function WayChart({ stops, width }: { stops: readonly Stop[]; width: number }) {
  const frame = { left: 44, right: width - 14, top: 24, bottom: HEIGHT - 38 };
  const [left, right] = padded(stops.map((s) => s.latency), 0.12);
  const [low, high] = padded(stops.map((s) => s.accuracy), 0.15);
  const x = linear([left, right], [frame.left, frame.right]);
  const y = linear([low, high], [frame.bottom, frame.top]);
  const last = stops.length - 1;
  const labels = placeLabels(stops.map((s) => ({ x: x(s.latency), y: y(s.accuracy), text: s.name })), frame);
  const [a, b] = [stops[0]!, stops[last]!];
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={t("Way from A ({0}, {1}) to B ({2}, {3}) in {4} steps", percent(a.accuracy), ms(a.latency), percent(b.accuracy), ms(b.latency), last)}>
      <Axes {...{ x, y, frame }} xTicks={ticks(left, right, width / 80)} yTicks={ticks(low, high, 4)} xName={t("latency, ms")} yName={t("accuracy, %")} />
      <path class="way" d={line(stops.map((s): Point => [s.latency, s.accuracy]), x, y)} />
      {stops.map((s, i) => {
        const end = i === 0 || i === last;
        return <circle key={i} class={end ? "stop end" : "stop"} cx={x(s.latency)} cy={y(s.accuracy)} r={end ? 5 : 3.5} />;
      })}
      {labels.map((label, i) => label !== null && <text key={i} class={i === 0 || i === last ? "strong" : ""} x={label.x} y={label.y + 4}>{stops[i]!.name}</text>)}
    </svg>
  );
}
