import { useLayoutEffect, useRef } from "preact/hooks";
import { AnnealingChart, type ChartState } from "./annealingChart.js";
import { Button } from "./controls.js";
import { DataTable, type Column } from "../src/pictures/dataTable.js";
import { count, countOf, duration, percent, rate, temperature } from "../src/shared/format.js";
import { indexAt } from "./trace.js";
import type { SearchRunView, Trace } from "./types.js";
import { useReplay, type Replay } from "./useReplay.js";
import { useWidth } from "./useWidth.js";
import { t } from "../src/shared/l10n.js";

interface Row {
  evaluations: number;
  current: number;
  best: number;
  temperature: number;
}
const finite = (value: number, digits: number) => (Number.isFinite(value) ? value.toFixed(digits) : t("none"));
const columns: Column<Row>[] = [
  { head: t("Evaluations"), text: (row) => count(String(row.evaluations)) },
  { head: t("Current (%)"), text: (row) => finite(row.current, 3) },
  { head: t("Best (%)"), text: (row) => finite(row.best, 3) },
  { head: t("Temperature (pp)"), text: (row) => row.temperature.toPrecision(3) },
];
const rowsOf = (trace: Trace): Row[] => trace.evaluations.map((_, i) => rowAt(trace, i));
const rowAt = (trace: Trace, i: number): Row => ({
  evaluations: trace.evaluations[i] ?? 0,
  current: trace.current[i] ?? NaN,
  best: trace.best[i] ?? NaN,
  temperature: trace.temperature[i] ?? NaN,
});

function Chart({ state, label }: { state: ChartState; label: string }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const chart = useRef<AnnealingChart | null>(null);
  // Before the browser paints, so that a picture never lags behind its words.
  useLayoutEffect(() => {
    if (box.current === null || width < 80) return;
    if (chart.current === null) chart.current = new AnnealingChart(box.current, width, state);
    else chart.current.resize(width);
  }, [width]);
  useLayoutEffect(() => chart.current?.update(state), [state.trace, state.optimum, state.total, state.shown]);
  useLayoutEffect(
    () => () => {
      chart.current?.destroy();
      chart.current = null;
    },
    [],
  );
  return <div ref={box} class="chart" role="img" aria-label={label} />;
}

function ReplayControls({ replay, evaluations }: { replay: Replay; evaluations: number }) {
  return (
    <div class="replay">
      <Button onPress={replay.toggle} label={replay.playing ? t("Pause the replay") : t("Replay the search")}>
        {replay.playing ? t("Pause") : t("Replay")}
      </Button>
      <input
        type="range"
        min={0}
        max={1}
        step={0.005}
        value={replay.at}
        aria-label={t("Moment of the search")}
        aria-valuetext={t("after {0} evaluations", countOf(evaluations))}
        onInput={(event) => replay.scrub(Number(event.currentTarget.value))}
      />
    </div>
  );
}

/** The annealing: live while it goes, afterwards to be replayed at a speed a person can follow. */
export function Annealing({ run }: { run: SearchRunView }) {
  const replay = useReplay();
  const trace = run.result?.trace ?? run.progress?.trace;
  if (trace === undefined || trace.evaluations.length === 0) return null;
  const live = run.state === "running";
  const optimum = run.result?.certificate.optimum?.accuracy ?? run.progress?.optimum ?? null;
  const end = trace.evaluations.at(-1) ?? 0;
  const total = run.result === null ? Math.max(run.progress?.total ?? end, end) : end;
  const shown = live || replay.at >= 1 ? trace.evaluations.length - 1 : Math.max(0, indexAt(trace, replay.at * end));
  const row = rowAt(trace, shown);
  return (
    <section class="annealing">
      <h2>{t("Simulated annealing")}</h2>
      <Chart
        state={{ trace, optimum, total, shown }}
        label={t("Accuracy of the current and the best architecture over {0} evaluations{1}", countOf(total), optimum === null ? "" : t("; the proven optimum is {0}", percent(optimum)))}
      />
      <p class="legend">
        <span><i class="key thin" />{t("current {0}", Number.isFinite(row.current) ? percent(row.current) : "–")}</span>
        <span><i class="key thick" />{t("best {0}", Number.isFinite(row.best) ? percent(row.best) : "–")}</span>
        {optimum !== null && <span><i class="key dashed good" />{t("proven optimum {0}", percent(optimum))}</span>}
        <span><i class="key strip" />{t("temperature {0}", temperature(row.temperature))}</span>
      </p>
      <p class="readout" data-figure="moment">
        {t("{0} of {1} evaluations{2}", countOf(live ? (run.progress?.evaluations ?? row.evaluations) : row.evaluations), countOf(total), speed(run))}
      </p>
      {!live && trace.evaluations.length > 1 && <ReplayControls replay={replay} evaluations={row.evaluations} />}
      <DataTable name={t("Annealing trace")} columns={columns} rows={rowsOf(trace)} />
    </section>
  );
}

/** ` · 12.4 million evaluations/s · 0.41 s`, from whichever of result and progress is there. */
function speed(run: SearchRunView): string {
  const of = run.result?.search ?? run.progress;
  if (of === null || of === undefined) return "";
  const perSecond = rate(of.evaluations, of.elapsedMs);
  return ` · ${perSecond === null ? "" : `${perSecond} · `}${duration(of.elapsedMs)}`;
}
