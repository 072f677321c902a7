import type { BenchResult } from "./bench.js";
import { accuracySources, accuracyText, benchNames, HEADLINE_INTRO, headlineSentences, originText, ratioOf, unknownAccuracy } from "./benchText.js";
import { escapeMarkdown as escape, markdownTable as table } from "./markdown.js";
import { fixed } from "./numbers.js";
import { t } from "./l10n.js";

/** A bench as Markdown: what was measured how, times, ratios, sources. */
export function benchMarkdown(result: BenchResult): string {
  const { device, protocol, noise, rows } = result;
  const names = benchNames(rows);
  const sentences = headlineSentences(result, names);
  const unknown = unknownAccuracy(rows);
  const { precision, executionProvider, threads, rounds, statistic, clock, date } = protocol;
  return [
    t("**FOX-NAS benchmark** on {0}, {1} {2}, {3}, onnxruntime {4}, {5}", escape(device.cpu), executionProvider, precision, threads === 1 ? t("1 thread") : t("{0} threads", threads), device.onnxruntime, date),
    "",
    ...table(
      [t("Network"), "px", t("Accuracy"), t("Latency (ms)"), t("Spread (ms)"), t("Parameters (M)"), t("Multiply-adds (M)")],
      rows.map((row) => [
        escape(names.get(row.key)!),
        String(row.resolution),
        accuracyText(row.accuracy),
        fixed(row.latencyMs, 2),
        t("{0} to {1}", fixed(Math.min(...row.perBatch), 2), fixed(Math.max(...row.perBatch), 2)),
        fixed(row.parameters / 1e6, 2),
        fixed(row.multiplyAdds / 1e6, 0),
      ]),
    ),
    "",
    ...ratioTable(result),
    ...(sentences.length === 0 ? [] : [HEADLINE_INTRO, "", ...sentences.map((sentence) => `- ${escape(sentence)}`), ""]),
    ...accuracySources(rows, names).map(({ origin, source, of }) => t("- Accuracy of {0}, {1}: {2}", escape(of.join(", ")), originText(origin), escape(source))),
    ...(unknown === null ? [] : [`- ${unknown}`]),
    t("- Latency: median of {0} batches, each a process of its own; in each the {1} of {2} readings by the {3} clock. Split-half {4} %, {5} batches suspect. Random weights: accuracies are not measured.", noise.batches, statistic, rounds, clock === "cpu" ? t("CPU") : t("wall"), fixed(100 * noise.splitHalf, 1), noise.suspect),
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
    return t("{0} ({1} to {2})", fixed(median, 2), fixed(min, 2), fixed(max, 2));
  };
  const header = [t("Times as fast as"), ...of("baseline").map(({ title }) => escape(title))];
  return [...table(header, of("config").map(({ key }) => [escape(names.get(key)!), ...of("baseline").map((baseline) => cell(key, baseline.key))])), ""];
}
