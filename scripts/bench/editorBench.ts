import { readFileSync } from "node:fs";
import path from "node:path";
import { applyEdits, ConfigAnalysis, Models, readDocument, type Edit, type Surroundings } from "../../src/editor/index.js";
import { CONFIG_FORMATS, configOf, configText, predictedOf, readPredictor, readSpace, type ConfigFormat } from "../../src/shared/files/index.js";
import type { PredictorCard } from "../../src/shared/results.js";
import { builtInSources } from "./problems.js";
import { root } from "./root.js";
import { summarize, type Summary } from "./statistics.js";
import { fixed, table, whole } from "./table.js";

/** What a keystroke may take, ms. */
const LIMIT_MS = 50;
const KEYSTROKES = 200;
const WARM_UPS = 20;
/** Under the latency of the edited architecture, so that moves under it are looked for at every keystroke. */
const BUDGET_MS = 120;

const STEPS = ["read", "problems", "figures", "hints", "hover", "complete"] as const;
type Step = (typeof STEPS)[number];

interface EditorRow {
  readonly format: ConfigFormat;
  readonly characters: number;
  /** Problems found over all keystrokes: the edits do break things. */
  readonly problems: number;
  /** By step, ms of wall clock. */
  readonly steps: Readonly<Record<Step, Summary>>;
  /** Of what settles after a keystroke: read, problems, figures, hints; ms of CPU time: what it takes when nothing else runs. */
  readonly keystroke: Summary;
  readonly wallMs: Summary;
  /** The first of a session, which makes the models; ms of CPU time. */
  readonly firstMs: number;
}

/** Types 200 characters into a config of foxnas-cpu, as JSON and as YAML, and times all that an editor shows after each. */
export function measureEditor(): EditorRow[] {
  return CONFIG_FORMATS.map(measureFormat);
}

function measureFormat(format: ConfigFormat): EditorRow {
  const { text, surroundings } = startOf(format);
  const models = new Models();
  const firstMs = timesOf({ name: nameOf(format), text }, surroundings, models, 0).cpu;
  const texts = keystrokes(text);
  for (const { text: warm, offset } of texts.slice(0, WARM_UPS)) timesOf({ name: nameOf(format), text: warm }, surroundings, models, offset);
  const all = texts.map(({ text: typed, offset }) => timesOf({ name: nameOf(format), text: typed }, surroundings, models, offset));
  const of = (step: Step) => summarize(all.map(({ times }) => times[step]))!;
  return {
    ...{ format, characters: text.length, problems: all.reduce((sum, { problems }) => sum + problems, 0) },
    steps: Object.fromEntries(STEPS.map((step) => [step, of(step)])) as Record<Step, Summary>,
    keystroke: summarize(all.map(({ cpu }) => cpu))!,
    wallMs: summarize(all.map(({ wall }) => wall))!,
    firstMs,
  };
}

const nameOf = (format: ConfigFormat): string => `net.foxnas.${format}`;

function timesOf(source: { name: string; text: string }, surroundings: Surroundings, models: Models, offset: number) {
  const times = {} as Record<Step, number>;
  const timed = <T>(step: Step, work: () => T): T => {
    const started = performance.now();
    const result = work();
    times[step] = performance.now() - started;
    return result;
  };
  const before = process.cpuUsage();
  const document = timed("read", () => readDocument(source));
  const analysis = new ConfigAnalysis(document, surroundings, models);
  // Figures first: the problems need them, and would count their time.
  timed("figures", () => analysis.figures());
  const problems = timed("problems", () => analysis.problems()).length;
  timed("hints", () => analysis.hints());
  const { user, system } = process.cpuUsage(before);
  timed("hover", () => analysis.hover(offset));
  timed("complete", () => analysis.completions(offset));
  return { times, problems, cpu: (user + system) / 1000, wall: times.read + times.problems + times.figures + times.hints };
}

/** A config as a search writes it, with everything. */
function startOf(format: ConfigFormat): { text: string; surroundings: Surroundings } {
  const sources = builtInSources();
  const space = readSpace({ name: "space", text: readFileSync(path.join(root, "media", "spaces", "foxnas-cpu.json"), "utf8") });
  const accuracy = readPredictor(sources.accuracy);
  const latency = readPredictor(sources.latency);
  const surroundings = { spaces: new Map([[space.id, space]]), accuracy, latency, budget: null };
  const blocks = Array.from({ length: 4 }, (_, b) => ({ expand: space.stages[0]!.expand[b % 4]!, kernel: space.stages[0]!.kernel[b % 3]! }));
  const architecture = { resolution: latency.resolution, stages: space.stages.map(({ width }) => ({ width, blocks })) };
  const write = (predicted?: Parameters<typeof configOf>[2]) =>
    configText(configOf(architecture, space.id, predicted, { tool: "FOX-NAS", version: "bench", date: "2026-01-01", accuracyPredictor: accuracy.source, latencyPredictor: latency.source, budget: BUDGET_MS, seed: 1 }), format);
  const { accuracy: value, latency: time } = new ConfigAnalysis(readDocument({ name: nameOf(format), text: write() }), surroundings, new Models()).figures()!;
  return { text: write(predictedOf({ accuracy: value, latency: time }, { accuracy: accuracy as unknown as PredictorCard, latency: latency as unknown as PredictorCard })), surroundings };
}

/** Numbers of blocks one after the other: the old digit goes, another comes, the comma or the brace is missed and mended. */
function keystrokes(start: string): { text: string; offset: number }[] {
  const typed: { text: string; offset: number }[] = [];
  let text = start;
  const type = (at: number, length: number, newText: string) => {
    const edit: Edit = { span: { start: at, end: at + length }, newText };
    text = applyEdits(text, [edit]);
    typed.push({ text, offset: at + newText.length });
  };
  for (let n = 0; typed.length < KEYSTROKES; n++) {
    const places = [...text.matchAll(/(?:expand|kernel)"?: (\d)/g)];
    const place = places[(7 * n) % places.length]!;
    const at = place.index + place[0].length - 1;
    type(at, 1, "");
    type(at, 0, "9");
    type(at, 1, "");
    type(at, 0, place[0].startsWith("k") ? "357"[n % 3]! : "2346"[n % 4]!);
  }
  return typed.slice(0, KEYSTROKES);
}

export function printEditor(rows: readonly EditorRow[]): void {
  console.log(`  ${KEYSTROKES} keystrokes into a config of foxnas-cpu after ${WARM_UPS} that do not count; no worker is started.
  A keystroke: read the text, find its problems, figures for the lens, hints. Hover and completion come when asked for.\n`);
  const cells = rows.flatMap(({ format, characters, steps, keystroke, wallMs }) => [
    [`${format}, keystroke, CPU time`, whole(characters), ...figures(keystroke), keystroke.max < LIMIT_MS ? "yes" : "NO"],
    [`${format}, keystroke`, "", ...figures(wallMs), wallMs.max < LIMIT_MS ? "yes" : "NO"],
    ...STEPS.map((step) => [`${format}, ${step}`, "", ...figures(steps[step]), ""]),
  ]);
  console.log(table(["", "characters", "median ms", "p95 ms", "slowest ms", `< ${LIMIT_MS} ms`], cells));
  for (const { format, keystroke, problems, firstMs } of rows) {
    const verdict = keystroke.max < LIMIT_MS ? "HOLDS in every one" : keystroke.median < LIMIT_MS ? "HOLDS by the median" : "DOES NOT HOLD";
    console.log(`\n  ${format}: everything within ${LIMIT_MS} ms of a keystroke ${verdict} (CPU time, slowest ${fixed(keystroke.max, 1)} ms); ${problems} problems found meanwhile.`);
    console.log(`  ${format}: the first text of a session, which makes the models, took ${fixed(firstMs, 0)} ms of CPU time.`);
  }
}

const figures = ({ median, p95, max }: Summary): string[] => [median, p95, max].map((value) => fixed(value, 2));
