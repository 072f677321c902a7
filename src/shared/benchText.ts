import type { BenchAccuracy, BenchRatio, BenchResult, BenchRow } from "./bench.js";
import { fixed } from "./numbers.js";
import { t } from "./l10n.js";

/** Short names of rows by key: a baseline's title, a config's file name where no other has the same. */
export type BenchNames = ReadonlyMap<string, string>;

export function benchNames(rows: readonly Pick<BenchRow, "kind" | "key" | "title">[]): BenchNames {
  const short = rows.map(({ kind, key, title }) => (kind === "baseline" ? title : key.split(/[\\/]/).at(-1)!.replace(/\.(foxnas\.)?(json|ya?ml)$/i, "")));
  return new Map(rows.map(({ key }, i) => [key, short.filter((name) => name === short[i]).length > 1 ? key : short[i]!]));
}

/** `75.3 % predicted`, `71.9 % published (fp32)`, `unknown`. */
export function accuracyText(accuracy: BenchAccuracy | null): string {
  if (accuracy === null) return t("unknown");
  const { value, unit, origin, precision } = accuracy;
  return `${fixed(value, 1)} ${unit} ${originText(origin)}${precision === null ? "" : ` (${precision})`}`;
}

/** Where an accuracy comes from, in a word. */
export const originText = (origin: BenchAccuracy["origin"]): string => (origin === "predicted" ? t("predicted") : t("published"));

/** Who says so: one entry for each origin and source, with the names of the networks it speaks of. */
export function accuracySources(rows: readonly BenchRow[], names: BenchNames): { origin: BenchAccuracy["origin"]; source: string; of: string[] }[] {
  const sources: ReturnType<typeof accuracySources> = [];
  for (const { key, accuracy } of rows) {
    if (accuracy === null) continue;
    const { origin, source } = accuracy;
    const known = sources.find((one) => one.origin === origin && one.source === source);
    if (known === undefined) sources.push({ origin, source, of: [names.get(key)!] });
    else known.of.push(names.get(key)!);
  }
  return sources;
}

/** Why an accuracy can be unknown; null where all are known. */
export function unknownAccuracy(rows: readonly BenchRow[]): string | null {
  if (rows.every(({ accuracy }) => accuracy !== null)) return null;
  return t("Accuracy unknown: the file has none for this resolution, or the baseline's was published for 224 px.");
}

/** The ratio of a config to a baseline. */
export function ratioOf({ ratios }: BenchResult, config: string, baseline: string): BenchRatio {
  return ratios.find((ratio) => ratio.config === config && ratio.baseline === baseline)!;
}

/** The fastest config that is at least as accurate as a baseline; the fastest of all where none is known to be. */
export function fastestAgainst({ rows }: BenchResult, baseline: BenchRow): BenchRow {
  const configs = rows.filter(({ kind }) => kind === "config");
  const reaching = configs.filter(({ accuracy }) => accuracy !== null && baseline.accuracy !== null && accuracy.value >= baseline.accuracy.value);
  const [fastest] = [...(reaching.length > 0 ? reaching : configs)].sort((a, b) => a.latencyMs - b.latencyMs);
  return fastest!;
}

/** How far the accuracies of two networks allow to compare their times. */
export function comparedAccuracies({ accuracy: own }: BenchRow, { accuracy: other }: BenchRow): string {
  if (own === null || other === null) return t("without a known accuracy to compare at");
  const both = t("{0} {1} % against {2} {3} %", originText(own.origin), fixed(own.value, 1), originText(other.origin), fixed(other.value, 1));
  return own.value >= other.value ? both : t("but less accurate, {0}", both);
}

/** What the paper reports of its architectures on a Raspberry Pi 4: times as fast as a baseline, at its accuracy. */
const PAPER: readonly { readonly baseline: string; readonly ratio: number }[] = [
  { baseline: "mobilenet-v2", ratio: 3.4 },
  { baseline: "efficientnet-lite0", ratio: 1.36 },
];

export const HEADLINE_INTRO = t("The paper's headline (arXiv 2108.08189: at the same accuracy, on a Raspberry Pi 4) beside this machine:");

/** The paper's headline beside what was measured here: one sentence for each baseline that both speak of. */
export function headlineSentences(result: BenchResult, names: BenchNames): string[] {
  return PAPER.flatMap(({ baseline, ratio }) => {
    const row = result.rows.find(({ key, kind }) => kind === "baseline" && key === baseline);
    return row === undefined ? [] : [t("{0}: the paper {1} times its speed; here {2}", row.title, ratio, measured(result, row, names))];
  });
}

function measured(result: BenchResult, baseline: BenchRow, names: BenchNames): string {
  const fastest = fastestAgainst(result, baseline);
  const { median, min, max } = ratioOf(result, fastest.key, baseline.key);
  const spread = result.noise.batches === 1 ? "" : t(" ({0} to {1})", fixed(min, 2), fixed(max, 2));
  return t("{0} {1} times{2}, {3}.", names.get(fastest.key)!, fixed(median, 2), spread, comparedAccuracies(fastest, baseline));
}
