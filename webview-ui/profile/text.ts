import { duration } from "../../src/shared/format.js";
import type { Fingerprint, Protocol } from "../../src/shared/measure.js";
import type { NoiseSummary } from "../../src/shared/profile.js";
import type { ProfileCard, ProfileRunView } from "../types.js";

const NBSP = "\u00a0";

/** A share as a percentage, 0.0137 is `1.4 %`. */
export const share = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)}${NBSP}%`;

export const threadsText = (threads: number): string => (threads === 1 ? `1${NBSP}thread` : `${threads}${NBSP}threads`);

/** Time left in whole seconds: more digits would only flicker. */
export function timeLeft(ms: number | null): string {
  if (ms === null) return "–";
  return ms < 60_000 ? `${Math.ceil(ms / 1000)}${NBSP}s` : duration(ms);
}

/** Why a profile stopped, in words and as a verdict. */
export function stoppedText(result: ProfileCard, target: number): { text: string; reached: boolean } {
  if (result.heldOut.mape <= target) return { text: `Held-out error under ${targetText(target)}`, reached: true };
  return { text: result.stopped === "time" ? "Stopped: the time was up" : "All architectures are timed", reached: false };
}

/** A target as a person set it: `2 %`, `1.5 %`. */
export const targetText = (target: number): string => `${Number((100 * target).toFixed(2))}${NBSP}%`;

/** `0.66 to 1.56 ms`, the range of what was timed. */
export const timesOf = (result: ProfileCard): [number, number] => {
  const times = result.samples.map(({ latencyMs }) => latencyMs);
  return [Math.min(...times), Math.max(...times)];
};

const times = (count: number): string => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);

/** How quiet the machine was, a sentence each; `driftSentence` where drift is not divided out all through. */
export function noiseSentences({ noise, protocol }: { noise: NoiseSummary; protocol: Protocol }, driftSentence?: string): string[] {
  const { batches, repeated, drift, contention, splitHalf } = noise;
  const waited = contention - 1;
  return [
    `Odd and even readings of an architecture differ by ${share(splitHalf)} (median): so well do the timings repeat.`,
    driftSentence ?? `The machine’s speed drifted by ${share(drift - 1)} meanwhile. Reference networks timed in ${batches === 1 ? "the batch" : batches === 2 ? "both batches" : `all ${batches} batches`} show that drift, and it is divided out.`,
    waited < 0.05
      ? "The processor was free: next to no reading had to wait for it."
      : protocol.clock === "cpu"
        ? `Other work took turns on the processor (wall time was ${contention.toFixed(2)} of CPU time). CPU time is counted, so waiting is not.`
        : `Other work took turns on the processor: wall time was ${contention.toFixed(2)} of CPU time, and wall time is what is counted here.`,
    repeated === 0
      ? "No batch had to be measured again."
      : `Batches were measured again ${times(repeated)}, because their reference networks disagreed by more than ${share(protocol.tolerance, 0)}.`,
  ];
}

/** What to say of batches that stayed suspect; null where there are none. */
export function suspectSentence({ noise: { suspect, batches } }: { noise: NoiseSummary }, again = "profile again"): string | null {
  if (suspect === 0) return null;
  const which = batches === 1 ? "The only batch" : `${suspect} of ${batches} batches`;
  return `${which} stayed suspect after three tries: something else was running. Take these numbers with care, or ${again} when the machine is quiet.`;
}

/** What measured it and how, as terms and texts. */
export function badgeRows({ device, protocol, noise, samples, tableError }: ProfileCard, run: ProfileRunView): [string, string][] {
  return [
    ...machineRows(device, protocol),
    ["Resolution", `${run.resolution}${NBSP}px`],
    ["Batch", imagesText(protocol)],
    ["Search space", run.space],
    ["Architectures", `${samples.length} timed, every block traced`],
    ["Readings", `${protocol.rounds} of each architecture${repeatsText(protocol)}`],
    ...statisticRows(protocol, noise),
    ["Traced blocks err by", tableError < 0.0005 ? "too little to tell" : share(tableError)],
    ["Date", dateText(protocol)],
  ];
}

/** The machine, its runtime and how it was used. */
export function machineRows(device: Fingerprint, protocol: Protocol): [string, string][] {
  const gigabytes = Math.round(device.memoryBytes / 2 ** 30);
  return [
    ["Processor", `${device.cpu}, ${device.cores} cores, ${gigabytes}${NBSP}GiB`],
    ["System", `${device.platform}, ${device.osRelease}`],
    ["Runtime", `onnxruntime ${device.onnxruntime}`],
    ["Execution provider", protocol.executionProvider],
    ["Threads", String(protocol.threads)],
    ["Precision", protocol.channelMultiple === null ? protocol.precision : `${protocol.precision}, channels padded to multiples of ${protocol.channelMultiple}`],
  ];
}

/** How readings become a number, and how well that repeats. */
export function statisticRows(protocol: Protocol, noise: NoiseSummary, divided = "divided out"): [string, string][] {
  return [
    ["Statistic", `${protocol.statistic} of ${protocol.clock === "cpu" ? "CPU" : "wall"} time (${protocol.clockReason})`],
    ["Drift", `${share(noise.drift - 1)}, ${divided}`],
    ["Split-half", share(noise.splitHalf)],
  ];
}

export const imagesText = ({ batch }: Protocol): string => (batch === 1 ? "1 image" : `${batch} images`);

export const repeatsText = ({ repeats }: Protocol): string => (repeats === 1 ? "" : `, ${repeats} runs each`);

export function dateText(protocol: Protocol): string {
  const date = new Date(protocol.date);
  return Number.isNaN(date.getTime()) ? protocol.date : date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
