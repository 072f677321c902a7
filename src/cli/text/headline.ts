import type { BenchResult, BenchRow } from "../../shared/bench.js";
import { fixed } from "./numbers.js";

/** What the paper reports of its architectures on a Raspberry Pi 4: times as fast as a baseline, at its accuracy. */
const PAPER: readonly { readonly baseline: string; readonly ratio: number }[] = [
  { baseline: "mobilenet-v2", ratio: 3.4 },
  { baseline: "efficientnet-lite0", ratio: 1.36 },
];

/** The paper's headline beside what was measured here: one sentence for each baseline that both speak of. */
export function headlineLines(result: BenchResult, names: ReadonlyMap<string, string>): string[] {
  const lines = PAPER.flatMap(({ baseline, ratio }) => {
    const row = result.rows.find(({ key, kind }) => kind === "baseline" && key === baseline);
    return row === undefined ? [] : [`  ${row.title}: the paper ${ratio} times its speed; here ${measured(result, row, names)}`];
  });
  if (lines.length === 0) return [];
  return ["  The paper's headline (arXiv 2108.08189: at the same accuracy, on a Raspberry Pi 4) beside this machine:", ...lines, ""];
}

function measured({ rows, ratios, noise }: BenchResult, baseline: BenchRow, names: ReadonlyMap<string, string>): string {
  const configs = rows.filter(({ kind }) => kind === "config");
  const reaching = configs.filter(({ accuracy }) => accuracy !== null && baseline.accuracy !== null && accuracy.value >= baseline.accuracy.value);
  const [fastest] = (reaching.length > 0 ? reaching : configs).toSorted((a, b) => a.latencyMs - b.latencyMs) as [BenchRow, ...BenchRow[]];
  const { median, min, max } = ratios.find(({ config, baseline: of }) => config === fastest.key && of === baseline.key)!;
  const spread = noise.batches === 1 ? "" : ` (${fixed(min, 2)} to ${fixed(max, 2)})`;
  return `${names.get(fastest.key)!} ${fixed(median, 2)} times${spread}, ${accuracies(fastest, baseline)}.`;
}

/** How far the accuracies of the two allow the comparison. */
function accuracies({ accuracy: own }: BenchRow, { accuracy: other }: BenchRow): string {
  if (own === null || other === null) return "without a known accuracy to compare at";
  const both = `${own.origin} ${fixed(own.value, 1)} % against ${other.origin} ${fixed(other.value, 1)} %`;
  return own.value >= other.value ? both : `but less accurate, ${both}`;
}
