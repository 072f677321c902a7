import type { BenchRatio, BenchResult, BenchRow } from "../../src/shared/bench.js";
import { dateText, imagesText, machineRows, repeatsText, share, statisticRows } from "../profile/text.js";
import { t } from "../../src/shared/l10n.js";

const NBSP = "\u00a0";

/** `3.41 times` */
export const times = (ratio: number): string => t("{0}\u00a0times", ratio.toFixed(2));

/** `3.35 to 3.48`, smallest to largest of the batches. */
export const spreadText = ({ min, max }: Pick<BenchRatio, "min" | "max">): string => t("{0} to {1}", min.toFixed(2), max.toFixed(2));

export const rangeOf = ({ perBatch }: BenchRow): [number, number] => [Math.min(...perBatch), Math.max(...perBatch)];

/** Fastest first. */
export const byLatency = (rows: readonly BenchRow[]): BenchRow[] => [...rows].sort((a, b) => a.latencyMs - b.latencyMs);

/** A batch is a process of its own: what differs from one to the next stays in the latencies, and cancels in the ratios. */
export function driftSentence({ noise: { drift, batches } }: BenchResult): string {
  const moved = t("The machine’s speed differed by up to {0} meanwhile.", share(drift - 1));
  if (batches === 1) return t("{0} The networks timed in turn show it, and it is divided out.", moved);
  return t("{0} Within a batch that is divided out; from one batch to the next it is not, and shows in the spread of the latencies. Ratios compare times of the same batch.", moved);
}

/** What measured it and how, as terms and texts. */
export function benchBadgeRows({ device, protocol, noise, rows }: BenchResult): [string, string][] {
  const resolutions = [...new Set(rows.map(({ resolution }) => resolution))].sort((a, b) => a - b);
  return [
    ...machineRows(device, protocol),
    [resolutions.length === 1 ? t("Resolution") : t("Resolutions"), `${resolutions.join(", ")}${NBSP}px`],
    [t("Batch"), imagesText(protocol)],
    [t("Networks"), t("{0}, in turn in each of {1}", rows.length, noise.batches === 1 ? t("1 process") : t("{0} processes", noise.batches))],
    [t("Readings"), t("{0} of each network in each process{1}", protocol.rounds, repeatsText(protocol))],
    ...statisticRows(protocol, noise, t("divided out within a batch")),
    [t("Date"), dateText(protocol)],
  ];
}
