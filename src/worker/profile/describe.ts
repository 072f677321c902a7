import type { Fingerprint, Protocol } from "../../shared/measure.js";
import type { ProfiledSample, ProfileResult } from "../../shared/profile.js";
import { median } from "../measure/statistics.js";
import type { ProfileState } from "./state.js";

/** A machine as a person calls it: `AMD EPYC, cpu int8, 1 thread`. */
export function deviceName({ cpu }: Fingerprint, { executionProvider, precision, threads }: Protocol): string {
  return `${cpu}, ${executionProvider} ${precision}, ${threads === 1 ? "1 thread" : `${threads} threads`}`;
}

/** The noise of all batches together. */
export function noiseOf(batches: ProfileState["batches"], samples: readonly Pick<ProfiledSample, "splitHalf">[]): ProfileResult["noise"] {
  const levels = batches.map(({ references }) => references.reduce((sum, ms) => sum + ms, 0));
  const between = Math.max(...levels) / Math.min(...levels);
  return {
    batches: batches.length,
    repeated: batches.reduce((sum, { repeated }) => sum + repeated, 0),
    suspect: batches.filter(({ suspect }) => suspect).length,
    drift: Math.max(between, ...batches.map(({ noise }) => noise.drift)),
    contention: median(batches.map(({ noise }) => noise.contention)),
    splitHalf: median(samples.map(({ splitHalf }) => splitHalf)),
  };
}
