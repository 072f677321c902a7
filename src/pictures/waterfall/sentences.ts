import { signedMs, signedPp } from "../../shared/format.js";
import { excludesZero } from "../target.js";
import type { Stacked } from "./stack.js";

type Contributions = readonly Stacked["contributions"][number][];

const largest = (of: Contributions) => [...of].sort((a, b) => b.value - a.value)[0];
const smallest = (of: Contributions) => [...of].sort((a, b) => a.value - b.value)[0];
const of = (contributions: Contributions, stage: string): number => contributions.find((other) => other.stage === stage)?.value ?? 0;

/**
 * One or two sentences on where accuracy comes from and where time goes, against the space’s mean.
 * A contribution whose interval holds zero is never called a gain or a saving.
 */
export function whySentences(accuracy: Contributions, latency: Contributions): string[] {
  const gain = largest(accuracy);
  const first =
    gain === undefined || gain.value <= 0 || !excludesZero(gain.interval)
      ? "No single stage can be shown to lift accuracy above the space’s mean."
      : `Stage ${gain.stage} adds the most accuracy, ${signedPp(gain.value)} against the space’s mean, at ${signedMs(of(latency, gain.stage))}.`;
  const saving = smallest(latency);
  if (saving === undefined) return [first];
  if (saving.value < 0 && excludesZero(saving.interval)) {
    const change = of(accuracy, saving.stage);
    return [first, `Stage ${saving.stage} saves the most time, ${signedMs(saving.value)}, at ${signedPp(change)} of accuracy.`];
  }
  const cost = largest(latency);
  if (cost === undefined || cost.value <= 0 || !excludesZero(cost.interval)) return [first];
  return [first, `Stage ${cost.stage} costs the most time, ${signedMs(cost.value)} against the space’s mean.`];
}
