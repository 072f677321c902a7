import type { BenchResult } from "./bench.js";
import { accuracySources, accuracyText, benchNames, HEADLINE_INTRO, headlineSentences, ratioOf, unknownAccuracy } from "./benchText.js";
import { fixed } from "./numbers.js";

/** A bench as Markdown: what was measured how, times, ratios, sources. */
export function benchMarkdown(result: BenchResult): string {
  const { device, protocol, noise, rows } = result;
  const names = benchNames(rows);
  const sentences = headlineSentences(result, names);
  const unknown = unknownAccuracy(rows);
  const { precision, executionProvider, threads, rounds, statistic, clock, date } = protocol;
  return [
    `**FOX-NAS benchmark** on ${escape(device.cpu)}, ${executionProvider} ${precision}, ${threads === 1 ? "1 thread" : `${threads} threads`}, onnxruntime ${device.onnxruntime}, ${date}`,
    "",
    ...table(
      ["Network", "px", "Accuracy", "Latency (ms)", "Spread (ms)", "Parameters (M)", "Multiply-adds (M)"],
      rows.map((row) => [
        escape(names.get(row.key)!),
        String(row.resolution),
        accuracyText(row.accuracy),
        fixed(row.latencyMs, 2),
        `${fixed(Math.min(...row.perBatch), 2)} to ${fixed(Math.max(...row.perBatch), 2)}`,
        fixed(row.parameters / 1e6, 2),
        fixed(row.multiplyAdds / 1e6, 0),
      ]),
    ),
    "",
    ...ratioTable(result),
    ...(sentences.length === 0 ? [] : [HEADLINE_INTRO, "", ...sentences.map((sentence) => `- ${escape(sentence)}`), ""]),
    ...accuracySources(rows, names).map(({ origin, source, of }) => `- Accuracy of ${escape(of.join(", "))}, ${origin}: ${escape(source)}`),
    ...(unknown === null ? [] : [`- ${unknown}`]),
    `- Latency: median of ${noise.batches} batches, each a process of its own; in each the ${statistic} of ${rounds} readings by the ${clock === "cpu" ? "CPU" : "wall"} clock. Split-half ${fixed(100 * noise.splitHalf, 1)} %, ${noise.suspect} batches suspect. Random weights: accuracies are not measured.`,
    "",
  ].join("\n");
}

function ratioTable(result: BenchResult): string[] {
  const { rows, ratios } = result;
  if (ratios.length === 0) return [];
  const names = benchNames(rows);
  const of = (kind: "config" | "baseline") => rows.filter((row) => row.kind === kind);
  const cell = (config: string, baseline: string) => {
    const { median, min, max } = ratioOf(result, config, baseline);
    return `${fixed(median, 2)} (${fixed(min, 2)} to ${fixed(max, 2)})`;
  };
  const header = ["Times as fast as", ...of("baseline").map(({ title }) => escape(title))];
  return [...table(header, of("config").map(({ key }) => [escape(names.get(key)!), ...of("baseline").map((baseline) => cell(key, baseline.key))])), ""];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)];
}

/** File names and sources are other people's text: no markup, no table borders, no lines of their own. */
const escape = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, "\\$&").replaceAll(/\s+/g, " ");
