import type { BenchRatio, BenchResult, BenchRow } from "../../shared/bench.js";
import { accuracySources, accuracyText, benchNames, HEADLINE_INTRO, headlineSentences, unknownAccuracy, type BenchNames } from "../../shared/benchText.js";
import { fixed } from "./numbers.js";
import { table } from "./table.js";

const percent = (share: number): string => `${fixed(100 * share, 1)} %`;

/** A bench as a person reads it: times, how they compare, how noisy the machine was. */
export function benchText(result: BenchResult): string {
  const { device, protocol, noise, rows, ratios, elapsedMs } = result;
  const { executionProvider, precision, threads } = protocol;
  const names = benchNames(rows);
  return [
    `FOX-NAS · bench on ${device.cpu} · ${executionProvider} ${precision}, ${threads === 1 ? "1 thread" : `${threads} threads`} · onnxruntime ${device.onnxruntime}`,
    "",
    ...table(
      ["network", "px", "accuracy", "latency", "spread", "parameters", "multiply-adds"],
      rows.map((row) => rowCells(row, names)),
    ),
    ...sourceLines(rows, names),
    "",
    ...ratioLines(ratios, rows, names),
    `  Latency: median of ${noise.batches === 1 ? "1 batch" : `${noise.batches} batches`}, each a process of its own with all networks in turn; in each the ${protocol.statistic}`,
    `  of ${protocol.rounds} readings by the ${protocol.clock === "cpu" ? "CPU" : "wall"} clock. Spread: smallest to largest of the batches. Took ${fixed(elapsedMs / 1000, 0)} s.`,
    `  Noise: split-half ${percent(noise.splitHalf)}, drift ${percent(noise.drift - 1)}, wall over CPU time ${fixed(noise.contention, 2)}; ${noise.repeated} times a batch was measured again.`,
    ...(noise.suspect > 0 ? [`  !! ${noise.suspect} of ${noise.batches} batches stayed suspect: the machine was too busy. Run again when nothing else runs.`] : []),
    "",
    ...headlineLines(result, names),
    "  Latencies are measured on this machine with random weights; another has other milliseconds. Accuracies are not measured.",
    "",
  ].join("\n");
}

function rowCells(row: BenchRow, names: BenchNames): string[] {
  const { key, resolution, accuracy, latencyMs, perBatch, parameters, multiplyAdds } = row;
  return [
    names.get(key)!,
    String(resolution),
    accuracyText(accuracy),
    `${fixed(latencyMs, 2)} ms`,
    `${fixed(Math.min(...perBatch), 2)} to ${fixed(Math.max(...perBatch), 2)}`,
    `${fixed(parameters / 1e6, 2)} M`,
    `${fixed(multiplyAdds / 1e6, 0)} M`,
  ];
}

/** Who says so, one line for each source. */
function sourceLines(rows: readonly BenchRow[], names: BenchNames): string[] {
  const lines = accuracySources(rows, names).map(({ origin, source, of }) => `  Accuracy of ${of.join(", ")}, ${origin}: ${source}`);
  const unknown = unknownAccuracy(rows);
  return unknown === null ? lines : [...lines, `  ${unknown}`];
}

/** The paper's headline beside what was measured here. */
function headlineLines(result: BenchResult, names: BenchNames): string[] {
  const sentences = headlineSentences(result, names);
  return sentences.length === 0 ? [] : [`  ${HEADLINE_INTRO}`, ...sentences.map((sentence) => `  ${sentence}`), ""];
}

function ratioLines(ratios: readonly BenchRatio[], rows: readonly BenchRow[], names: BenchNames): string[] {
  if (ratios.length === 0) return [];
  const baselines = rows.filter(({ kind }) => kind === "baseline");
  const cell = (config: string, baseline: string) => {
    const { median, min, max } = ratios.find((ratio) => ratio.config === config && ratio.baseline === baseline)!;
    return `${fixed(median, 2)} (${fixed(min, 2)} to ${fixed(max, 2)})`;
  };
  return [
    ...table(
      ["times as fast as", ...baselines.map(({ key }) => names.get(key)!)],
      rows.filter(({ kind }) => kind === "config").map(({ key }) => [names.get(key)!, ...baselines.map((baseline) => cell(key, baseline.key))]),
    ),
    "  Median over the batches, and smallest to largest; both times of a quotient come from the same batch.",
    "",
  ];
}
