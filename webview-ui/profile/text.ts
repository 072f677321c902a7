import { duration } from "../../src/shared/format.js";
import { dateLanguage, t } from "../../src/shared/l10n.js";
import type { Fingerprint, Protocol } from "../../src/shared/measure.js";
import { toldText } from "../../src/shared/toldText.js";
import type { NoiseSummary } from "../../src/shared/profile.js";
import type { ProfileCard, ProfileRunView } from "../types.js";

const NBSP = "\u00a0";

/** A share as a percentage, 0.0137 is `1.4 %`. */
export const share = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)}${NBSP}%`;

export const threadsText = (threads: number): string => (threads === 1 ? t("1\u00a0thread") : t("{0}\u00a0threads", threads));

/** Time left in whole seconds: more digits would only flicker. */
export function timeLeft(ms: number | null): string {
  if (ms === null) return "–";
  return ms < 60_000 ? `${Math.ceil(ms / 1000)}${NBSP}s` : duration(ms);
}

/** Why a profile stopped, in words and as a verdict. */
export function stoppedText(result: ProfileCard, target: number): { text: string; reached: boolean } {
  if (result.heldOut.mape <= target) return { text: t("Held-out error under {0}", targetText(target)), reached: true };
  return { text: result.stopped === "time" ? t("Stopped: the time was up") : t("All architectures are timed"), reached: false };
}

/** A target as a person set it: `2 %`, `1.5 %`. */
export const targetText = (target: number): string => `${Number((100 * target).toFixed(2))}${NBSP}%`;

/** `0.66 to 1.56 ms`, the range of what was timed. */
export const timesOf = (result: ProfileCard): [number, number] => {
  const times = result.samples.map(({ latencyMs }) => latencyMs);
  return [Math.min(...times), Math.max(...times)];
};

const times = (count: number): string => (count === 1 ? t("once") : count === 2 ? t("twice") : t("{0} times", count));

/** How quiet the machine was, a sentence each; `driftSentence` where drift is not divided out all through. */
export function noiseSentences({ noise, protocol }: { noise: NoiseSummary; protocol: Protocol }, driftSentence?: string): string[] {
  const { batches, repeated, drift, contention, splitHalf } = noise;
  const waited = contention - 1;
  return [
    t("Odd and even readings of an architecture differ by {0} (median): so well do the timings repeat.", share(splitHalf)),
    driftSentence ?? t("The machine’s speed drifted by {0} meanwhile. Reference networks timed in {1} show that drift, and it is divided out.", share(drift - 1), batches === 1 ? t("the batch") : batches === 2 ? t("both batches") : t("all {0} batches", batches)),
    waited < 0.05
      ? t("The processor was free: next to no reading had to wait for it.")
      : protocol.clock === "cpu"
        ? t("Other work took turns on the processor (wall time was {0} of CPU time). CPU time is counted, so waiting is not.", contention.toFixed(2))
        : t("Other work took turns on the processor: wall time was {0} of CPU time, and wall time is what is counted here.", contention.toFixed(2)),
    repeated === 0
      ? t("No batch had to be measured again.")
      : t("Batches were measured again {0}, because their reference networks disagreed by more than {1}.", times(repeated), share(protocol.tolerance, 0)),
  ];
}

/** What to say of batches that stayed suspect; null where there are none. */
export function suspectSentence({ noise: { suspect, batches } }: { noise: NoiseSummary }, again = t("profile again")): string | null {
  if (suspect === 0) return null;
  const which = batches === 1 ? t("The only batch") : t("{0} of {1} batches", suspect, batches);
  return t("{0} stayed suspect after three tries: something else was running. Take these numbers with care, or {1} when the machine is quiet.", which, again);
}

/** What measured it and how, as terms and texts. */
export function badgeRows({ device, protocol, noise, samples, tableError }: ProfileCard, run: ProfileRunView): [string, string][] {
  return [
    ...machineRows(device, protocol),
    [t("Resolution"), `${run.resolution}${NBSP}px`],
    [t("Batch"), imagesText(protocol)],
    [t("Search space"), run.space],
    [t("Architectures"), t("{0} timed, every block traced", samples.length)],
    [t("Readings"), t("{0} of each architecture{1}", protocol.rounds, repeatsText(protocol))],
    ...statisticRows(protocol, noise),
    [t("Traced blocks err by"), tableError < 0.0005 ? t("too little to tell") : share(tableError)],
    [t("Date"), dateText(protocol)],
  ];
}

/** The machine, its runtime and how it was used. */
export function machineRows(device: Fingerprint, protocol: Protocol): [string, string][] {
  const gigabytes = Math.round(device.memoryBytes / 2 ** 30);
  return [
    [t("Processor"), t("{0}, {1} cores, {2}\u00a0GiB", device.cpu, device.cores, gigabytes)],
    [t("System"), `${device.platform}, ${device.osRelease}`],
    [t("Runtime"), `onnxruntime ${device.onnxruntime}`],
    [t("Execution provider"), protocol.executionProvider],
    [t("Threads"), String(protocol.threads)],
    [t("Precision"), protocol.channelMultiple === null ? protocol.precision : t("{0}, channels padded to multiples of {1}", protocol.precision, protocol.channelMultiple)],
  ];
}

/** How readings become a number, and how well that repeats. */
export function statisticRows(protocol: Protocol, noise: NoiseSummary, divided = t("divided out")): [string, string][] {
  return [
    [t("Statistic"), protocol.clock === "cpu" ? t("{0} of CPU time ({1})", protocol.statistic, toldText(protocol.clockReason)) : t("{0} of wall time ({1})", protocol.statistic, toldText(protocol.clockReason))],
    [t("Drift"), `${share(noise.drift - 1)}, ${divided}`],
    [t("Split-half"), share(noise.splitHalf)],
  ];
}

export const imagesText = ({ batch }: Protocol): string => (batch === 1 ? t("1 image") : t("{0} images", batch));

export const repeatsText = ({ repeats }: Protocol): string => (repeats === 1 ? "" : t(", {0} runs each", repeats));

export function dateText(protocol: Protocol): string {
  const date = new Date(protocol.date);
  return Number.isNaN(date.getTime()) ? protocol.date : date.toLocaleString(dateLanguage(), { dateStyle: "medium", timeStyle: "short" });
}
