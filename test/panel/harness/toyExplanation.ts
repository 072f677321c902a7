/** An explanation for the pictures' tests, from the toy's additive model: made up, but its numbers add up as the real ones do. */
import { CHOICES, type Effect, type Explanation, type Heatmap, type Move, type Part, type Share, type StagePart, type TargetExplanation, type TargetOverview } from "../../../src/shared/explanation.js";
import type { Contributions, ListedTie } from "../../../src/shared/results.js";
import type { TieFigures } from "../../../src/pictures/nearTies.js";
import { allChoices, choice, EXPANDS, KERNELS, toyResult, type Blocks, type Choice as Whole } from "./toy.js";
import { toyDiagnostics } from "./toyDiagnostics.js";

type Target = "accuracy" | "latency";
const BUDGET = 120;
const HALF = { accuracy: 0.05, latency: 0.6 };
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const part = (value: number, half: number): Part => ({ value, interval: [value - half, value + half] });

/** Splits a stage at round shares; what is left is `together`. */
function parted(target: Target, stage: Contributions["stages"][number], index: number): StagePart {
  const shares = { depth: 0.55 + 0.2 * (index % 2), transition: 0.25 - 0.1 * (index % 3), expand: 0.3, kernel: -0.08 };
  const values = { ...shares, together: 1 - Object.values(shares).reduce((sum, s) => sum + s, 0) };
  const parts = Object.fromEntries(CHOICES.map((kind) => [kind, part(values[kind] * stage.value, HALF[target] * (0.4 + Math.abs(values[kind])))]));
  return { ...stage, parts: parts as StagePart["parts"] };
}

const explained = (target: Target, of: Contributions, value: number): TargetExplanation => ({
  value, unit: target === "accuracy" ? "%" : "ms", baseline: of.baseline, contributions: of.stages.map((stage, i) => parted(target, stage, i)),
});

/** What one more or less would do, everywhere in the architecture. */
function movesOf(blocks: readonly Blocks[], names: readonly string[], architecture: Explanation["architecture"], latencyNow: number): Move[] {
  const beside = (values: readonly number[], at: number) => [values[values.indexOf(at) - 1], values[values.indexOf(at) + 1]].filter((v) => v !== undefined);
  return blocks.flatMap((own, stage) => {
    const changes: [string, Blocks][] = [
      ...(own.length > 2 ? [[`stage ${names[stage]}: ${own.length} → ${own.length - 1} blocks`, own.slice(0, -1)] as [string, Blocks]] : []),
      ...(own.length < 4 ? [[`stage ${names[stage]}: ${own.length} → ${own.length + 1} blocks`, [...own, own.at(-1)!]] as [string, Blocks]] : []),
      ...own.flatMap((block, b) => [
        ...beside(EXPANDS, block.expand).map((expand): [string, Blocks] => [`stage ${names[stage]}, block ${b + 1}: expand ${block.expand} → ${expand}`, own.with(b, { ...block, expand })]),
        ...beside(KERNELS, block.kernel).map((kernel): [string, Blocks] => [`stage ${names[stage]}, block ${b + 1}: kernel ${block.kernel} → ${kernel}`, own.with(b, { ...block, kernel })]),
      ]),
    ];
    return changes.map(([change, to]): Move => {
      const [before, after] = [choice(stage, own), choice(stage, to)];
      const accuracy = part(after.accuracy - before.accuracy, 0.03);
      const latency = part(after.latency - before.latency, 0.4);
      const verdict = latencyNow + latency.value > BUDGET ? "over budget" : accuracy.interval![0] > 0 ? "better" : accuracy.interval![1] < 0 ? "worse" : "equal within error";
      return { change, stage: names[stage]!, architecture: { ...architecture, stages: architecture.stages.with(stage, { ...architecture.stages[stage]!, blocks: to }) }, accuracy, latency, verdict };
    });
  });
}

const averageBy = (choices: readonly Whole[], target: Target, key: (c: Whole) => string | number): Map<string | number, number> => {
  const groups = new Map<string | number, number[]>();
  for (const c of choices) groups.set(key(c), [...(groups.get(key(c)) ?? []), c[target]]);
  return new Map([...groups].map(([name, values]) => [name, mean(values)]));
};

const variance = (values: readonly number[]): number => mean(values.map((v) => (v - mean(values)) ** 2));

function importanceOf(all: readonly Whole[][], names: readonly string[], target: Target): Share[] {
  const total = all.reduce((sum, choices) => sum + variance(choices.map((c) => c[target])), 0);
  return all.map((choices, i) => {
    const between = (key: (c: Whole) => string | number) => {
      const by = averageBy(choices, target, key);
      return variance(choices.map((c) => by.get(key(c))!)) / total;
    };
    const share = variance(choices.map((c) => c[target])) / total;
    const depth = between((c) => c.blocks.length);
    const transition = between((c) => `${c.blocks.length} ${c.blocks[0]!.expand} ${c.blocks[0]!.kernel}`) - depth;
    const expand = between((c) => `${c.blocks.length} ${c.blocks[1]!.expand}`) - depth;
    const kernel = between((c) => `${c.blocks.length} ${c.blocks[1]!.kernel}`) - depth;
    return { stage: names[i]!, share, parts: { depth, transition, expand, kernel, together: share - depth - transition - expand - kernel } };
  });
}

function overviewOf(all: readonly Whole[][], names: readonly string[], target: Target, baseline: number): TargetOverview {
  const keys: [Effect["what"], (c: Whole) => number][] = [
    ["depth", (c) => c.blocks.length], ["transition expand", (c) => c.blocks[0]!.expand], ["transition kernel", (c) => c.blocks[0]!.kernel],
    ["expand", (c) => c.blocks[1]!.expand], ["kernel", (c) => c.blocks[1]!.kernel],
  ];
  const means = all.map((choices) => mean(choices.map((c) => c[target])));
  const effects = all.flatMap((choices, i) => keys.map(([what, key]): Effect => ({
    stage: names[i]!, what,
    points: [...averageBy(choices, target, key)].map(([at, value]) => ({ choice: Number(at), ...part(baseline + value - means[i]!, HALF[target] * 2) })),
  })));
  const heatmaps = all.map((choices, i): Heatmap => ({
    stage: names[i]!, depth: [2, 3, 4], expand: EXPANDS,
    values: [2, 3, 4].map((depth) => EXPANDS.map((e) => mean(choices.filter((c) => c.blocks.length === depth && c.blocks.every((b) => b.expand === e)).map((c) => c[target])) - means[i]!)),
  }));
  return {
    unit: target === "accuracy" ? "%" : "ms", baseline, effects, heatmaps, importance: importanceOf(all, names, target),
    deviation: Math.sqrt(all.reduce((sum, choices) => sum + variance(choices.map((c) => c[target])), 0)),
  };
}

/** Of the toy search's find at 120 ms; `kept` keeps the samples behind the diagnostics. */
export function toyExplanation(kept = true): Explanation {
  const result = toyResult(BUDGET);
  const found = result.found!;
  const names = result.space.stages.map(({ name }) => name);
  const all = names.map((_, i) => allChoices(i));
  const why = found.why!;
  const at = result.front.findIndex((point) => point === found);
  const neighbour = (index: number, changes: string[]) => ({ architecture: result.front[index]!.architecture, accuracy: result.front[index]!.accuracy.value, latency: result.front[index]!.latency.value, changes });
  const overview = { accuracy: overviewOf(all, names, "accuracy", why.accuracy.baseline), latency: overviewOf(all, names, "latency", why.latency.baseline) };
  return {
    space: result.space, architecture: found.architecture, budget: BUDGET, predictors: result.predictors,
    predicted: { accuracy: found.accuracy, latency: found.latency },
    accuracy: explained("accuracy", why.accuracy, found.accuracy.value), latency: explained("latency", why.latency, found.latency.value),
    marginal: { below: 0.031, above: 0.027, unit: "pp/ms", cheaper: neighbour(at, ["stage 112, block 2: expand 4 → 3"]), better: neighbour(at + 2, ["stage 160: 3 → 4 blocks", "stage 24, block 1: kernel 5 → 3"]) },
    optimum: result.certificate.optimum, nearTies: { ...result.nearTies!, optimum: toyTies().optimum, listed: toyTies().ties }, withinBudget: 0.71,
    moves: movesOf(found.architecture.stages.map(({ blocks }) => blocks), names, found.architecture, found.latency.value),
    importance: { accuracy: overview.accuracy.importance, latency: overview.latency.importance }, overview,
    diagnostics: { accuracy: toyDiagnostics(73, 1.1, 0.17, kept), latency: toyDiagnostics(140, 24, 0.9, false) },
    front: result.front.map((point) => ({ latency: point.latency.value, accuracy: point.accuracy.value })),
    text: "**75.5 % at 119 ms.** Most of the accuracy comes from the late stages, most of the time saved from the first.\n\nWhat speaks for it:\n\n- stage 160 is as deep as it can be\n- **no single change** is better within the budget",
  };
}

const figures = (architecture: Explanation["architecture"], accuracy: number, latency: number): TieFigures & Pick<ListedTie, "architecture"> => {
  const blocks = architecture.stages.flatMap((stage) => stage.blocks);
  return { architecture, accuracy, latency, blocks: blocks.length, largestKernels: blocks.filter((b) => b.kernel === 7).length, parameters: 2.1e6 + 9e4 * blocks.length, multiplyAdds: latency * 2.4e6 };
};

/** Three near-ties of the toy's optimum. */
export function toyTies(): { optimum: TieFigures; ties: ListedTie[] } {
  const { front, found } = toyResult(BUDGET);
  const near = front.filter((point) => point !== found && Math.abs(point.latency.value - found!.latency.value) < 6).slice(0, 3);
  const why = [["fewest parameters"], [], ["fastest", "fewest large kernels"]];
  return {
    optimum: figures(found!.architecture, found!.accuracy.value, found!.latency.value),
    ties: near.map((point, i) => ({ ...figures(point.architecture, point.accuracy.value, point.latency.value), distance: 3 + i, why: why[i]! })),
  };
}

/** The find compared with the point of the front under 90 ms. */
export function toyDifference() {
  const { front, found } = toyResult(BUDGET);
  const other = front.findLast((point) => point.latency.value <= 90)!;
  const [from, to] = [found!, other].map((point) => ({ accuracy: point.accuracy.value, latency: point.latency.value })) as [{ accuracy: number; latency: number }, { accuracy: number; latency: number }];
  const rows = found!.why!.accuracy.stages.map(({ stage, value }, i) => ({
    stage,
    accuracy: part(other.why!.accuracy.stages[i]!.value - value, 0.04),
    latency: part(other.why!.latency.stages[i]!.value - found!.why!.latency.stages[i]!.value, 0.5),
  }));
  let way = from;
  const path = rows.map((row) => {
    way = { accuracy: way.accuracy + row.accuracy.value, latency: way.latency + row.latency.value };
    return { stage: row.stage, ...way };
  });
  return { rows, path, from, to, total: { accuracy: part(to.accuracy - from.accuracy, 0.08), latency: part(to.latency - from.latency, 1.1) } };
}
