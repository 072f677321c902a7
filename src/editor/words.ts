import type { Stage } from "../engine/architecture.js";
import { signedIntervalText, signedMs, signedPp } from "../shared/format.js";
import { t } from "../shared/l10n.js";
import type { Part } from "../shared/explanation.js";
import type { Price } from "./types.js";

/** Choices as a message lists them: `2, 3 or 4`. */
export function oneOf(choices: readonly (number | string)[]): string {
  return choices.length < 2 ? choices.join("") : t("{0} or {1}", choices.slice(0, -1).join(", "), choices[choices.length - 1]!);
}

/** `+1.20 pp · −3.4 ms` */
export const priceText = ({ accuracy, latency }: Price): string => `${signedPp(accuracy.value)} · ${signedMs(latency.value)}`;

/** `+0.62 pp (+0.52 to +0.71 pp)` */
export function partText({ value, interval }: Part, unit: "pp" | "ms"): string {
  const text = unit === "pp" ? signedPp(value) : signedMs(value);
  return interval === null ? text : `${text} (${signedIntervalText(interval, unit)})`;
}

/** A change of one stage by a single step: `stage 40, block 2: expand 3 → 4`, `stage 40: 2 → 3 blocks (e4 k5)`. */
export function stepText(name: string, from: Stage, to: Stage): string {
  const [before, after] = [from.blocks.length, to.blocks.length];
  if (before > after) return t("stage {0}: {1} → {2} blocks", name, before, after);
  if (before < after) {
    const added = to.blocks.slice(before).map(({ expand, kernel }) => `e${expand} k${kernel}`);
    return t("stage {0}: {1} → {2} blocks ({3})", name, before, after, added.join(", "));
  }
  const b = from.blocks.findIndex(({ expand, kernel }, index) => expand !== to.blocks[index]!.expand || kernel !== to.blocks[index]!.kernel);
  const [old, next] = [from.blocks[b]!, to.blocks[b]!];
  return old.expand === next.expand
    ? t("stage {0}, block {1}: kernel {2} → {3}", name, b + 1, old.kernel, next.kernel)
    : t("stage {0}, block {1}: expand {2} → {3}", name, b + 1, old.expand, next.expand);
}

/** Letters to change, add or take away to come from one word to another. */
export function letterDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** Words by their distance to one, the nearest first. */
export function nearestWords(words: readonly string[], to: string): string[] {
  const short = to.slice(0, 64);
  return words.map((word) => ({ word, far: letterDistance(word.slice(0, 64), short) })).sort((a, b) => a.far - b.far).map(({ word }) => word);
}
