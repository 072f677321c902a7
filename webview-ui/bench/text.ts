import type { BenchRatio, BenchResult, BenchRow } from "../../src/shared/bench.js";
import { dateText, imagesText, machineRows, repeatsText, share, statisticRows } from "../profile/text.js";

const NBSP = "\u00a0";

/** `3.41 times` */
export const times = (ratio: number): string => `${ratio.toFixed(2)}${NBSP}times`;

/** `3.35 to 3.48`, smallest to largest of the batches. */
export const spreadText = ({ min, max }: Pick<BenchRatio, "min" | "max">): string => `${min.toFixed(2)} to ${max.toFixed(2)}`;

export const rangeOf = ({ perBatch }: BenchRow): [number, number] => [Math.min(...perBatch), Math.max(...perBatch)];

/** Fastest first. */
export const byLatency = (rows: readonly BenchRow[]): BenchRow[] => [...rows].sort((a, b) => a.latencyMs - b.latencyMs);

/** A batch is a process of its own: what differs from one to the next stays in the latencies, and cancels in the ratios. */
export function driftSentence({ noise: { drift, batches } }: BenchResult): string {
  const moved = `The machine’s speed differed by up to ${share(drift - 1)} meanwhile.`;
  if (batches === 1) return `${moved} The networks timed in turn show it, and it is divided out.`;
  return `${moved} Within a batch that is divided out; from one batch to the next it is not, and shows in the spread of the latencies. Ratios compare times of the same batch.`;
}

/** What measured it and how, as terms and texts. */
export function benchBadgeRows({ device, protocol, noise, rows }: BenchResult): [string, string][] {
  const resolutions = [...new Set(rows.map(({ resolution }) => resolution))].sort((a, b) => a - b);
  return [
    ...machineRows(device, protocol),
    [resolutions.length === 1 ? "Resolution" : "Resolutions", `${resolutions.join(", ")}${NBSP}px`],
    ["Batch", imagesText(protocol)],
    ["Networks", `${rows.length}, in turn in each of ${noise.batches === 1 ? "1 process" : `${noise.batches} processes`}`],
    ["Readings", `${protocol.rounds} of each network in each process${repeatsText(protocol)}`],
    ...statisticRows(protocol, noise, "divided out within a batch"),
    ["Date", dateText(protocol)],
  ];
}
