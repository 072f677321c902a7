import { DataTable, type Column } from "./dataTable.js";
import { ms, percent, signedIntervalText, signedMs, signedPp } from "../src/shared/format.js";
import { whySentences } from "./sentences.js";
import type { Contributions, Point } from "./types.js";
import { waterfall, type Step, type Waterfall } from "./waterfall.js";

type Target = "accuracy" | "latency";
const HEIGHT = 24;
const signed: Record<Target, (value: number) => string> = { accuracy: (v) => signedPp(v), latency: (v) => signedMs(v) };
const plain: Record<Target, (value: number) => string> = { accuracy: percent, latency: ms };
const UNIT = { accuracy: "pp", latency: "ms" } as const;

/** Percentages of the cell's width, so that the drawing follows it without being measured. */
const place = (fall: Waterfall) => (value: number) =>
  `${(((value - fall.domain[0]) / (fall.domain[1] - fall.domain[0])) * 100).toFixed(2)}%`;
const extent = (fall: Waterfall, a: number, b: number) =>
  `${((Math.abs(b - a) / (fall.domain[1] - fall.domain[0])) * 100).toFixed(2)}%`;

function StepBar({ fall, step, target }: { fall: Waterfall; step: Step; target: Target }) {
  const at = place(fall);
  const middle = HEIGHT / 2;
  return (
    <svg class="fall" height={HEIGHT} aria-hidden="true">
      <line class="rule" x1={at(fall.baseline)} x2={at(fall.baseline)} y1={0} y2={HEIGHT} />
      <line class="link" x1={at(step.start)} x2={at(step.start)} y1={0} y2={middle} />
      <line class="link" x1={at(step.end)} x2={at(step.end)} y1={middle} y2={HEIGHT} />
      <rect class={`fill ${target}`} x={at(Math.min(step.start, step.end))} width={extent(fall, step.start, step.end)} y={middle - 5} height={10} rx={1} />
      {step.interval !== null && (
        <line class="whisker" x1={at(step.start + step.interval[0])} x2={at(step.start + step.interval[1])} y1={middle} y2={middle} />
      )}
    </svg>
  );
}

function EndBar({ fall, value, target, total }: { fall: Waterfall; value: number; target: Target; total: boolean }) {
  const at = place(fall);
  const middle = HEIGHT / 2;
  return (
    <svg class="fall" height={HEIGHT} aria-hidden="true">
      <line class="rule" x1={at(fall.baseline)} x2={at(fall.baseline)} y1={total ? 0 : middle} y2={total ? middle : HEIGHT} />
      {total && <line class="link" x1={at(value)} x2={at(value)} y1={0} y2={middle} />}
      <circle class={`fill ${target}`} cx={at(value)} cy={middle} r={4} />
    </svg>
  );
}

function Lane(props: { target: Target; fall: Waterfall; row: Step | "baseline" | "total" }) {
  const { target, fall, row } = props;
  if (row === "baseline" || row === "total") {
    const value = row === "baseline" ? fall.baseline : fall.total;
    return (
      <div class={`lane ${target}`}>
        <EndBar fall={fall} value={value} target={target} total={row === "total"} />
        <span class="number"><b class="value">{plain[target](value)}</b></span>
      </div>
    );
  }
  return (
    <div class={`lane ${target}`}>
      <StepBar fall={fall} step={row} target={target} />
      <span class="number">
        <span class="value">{signed[target](row.value)}</span>
        {row.interval !== null && <small>{signedIntervalText(row.interval, UNIT[target])}</small>}
      </span>
    </div>
  );
}

interface Row { name: string; accuracy: string; accuracyInterval: string; latency: string; latencyInterval: string }

/** The rows of the table: baseline, every stage, total. */
export function whyRows(why: NonNullable<Point["why"]>): Row[] {
  const cell = (of: Contributions, i: number, target: Target): [string, string] => {
    const stage = of.stages[i];
    if (stage === undefined) return ["", ""];
    return [signed[target](stage.value), stage.interval === null ? "none" : signedIntervalText(stage.interval, UNIT[target])];
  };
  const ends = (name: string, pick: (of: Contributions) => number): Row => ({
    name, accuracy: percent(pick(why.accuracy)), accuracyInterval: "", latency: ms(pick(why.latency)), latencyInterval: "",
  });
  const stages = why.accuracy.stages.map(({ stage }, i): Row => {
    const [accuracy, accuracyInterval] = cell(why.accuracy, i, "accuracy");
    const [latency, latencyInterval] = cell(why.latency, i, "latency");
    return { name: `Stage ${stage}`, accuracy, accuracyInterval, latency, latencyInterval };
  });
  return [ends("Mean of the space", (of) => of.baseline), ...stages, ends("This architecture", (of) => waterfall(of).total)];
}

const columns: Column<Row>[] = [
  { head: "Stage", text: (row) => row.name, words: true },
  { head: "Accuracy", text: (row) => row.accuracy },
  { head: "95 % interval (pp)", text: (row) => row.accuracyInterval },
  { head: "Latency", text: (row) => row.latency },
  { head: "95 % interval (ms)", text: (row) => row.latencyInterval },
];

/** What each stage adds to both predictions, from the space's mean to this architecture. */
export function Why({ point }: { point: Point }) {
  const { why } = point;
  if (why === null) {
    return (
      <section class="why">
        <h2>Why</h2>
        <p class="dim">A predictor of this run is not a sum over stages, so no stage has a share of its own.</p>
      </section>
    );
  }
  const falls = { accuracy: waterfall(why.accuracy), latency: waterfall(why.latency) };
  const line = (name: string, pick: (target: Target) => Step | "baseline" | "total", end = false) => (
    <div key={name} class={`why-row ${end ? "end" : ""}`}>
      <span class="stage">{name}</span>
      <Lane target="accuracy" fall={falls.accuracy} row={pick("accuracy")} />
      <Lane target="latency" fall={falls.latency} row={pick("latency")} />
    </div>
  );
  return (
    <section class="why">
      <h2>Why: what each stage adds to the mean of the space</h2>
      <div class="why-grid" role="img" aria-label={`Waterfall of the stages' contributions. ${whySentences(why).join(" ")}`}>
        <div class="why-row heads" aria-hidden="true">
          <span class="stage" />
          <span class="lane accuracy">Accuracy, 95 % interval</span>
          <span class="lane latency">Latency, 95 % interval</span>
        </div>
        {line("Space’s mean", () => "baseline", true)}
        {falls.accuracy.steps.map((step, i) =>
          line(`Stage ${step.stage}`, (target) => falls[target].steps[i] ?? "total"),
        )}
        {line("This one", () => "total", true)}
      </div>
      <p class="say">{whySentences(why).join(" ")}</p>
      <DataTable name="Contributions of the stages" columns={columns} rows={whyRows(why)} />
    </section>
  );
}
