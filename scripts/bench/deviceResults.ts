import type { ProfileResult } from "../../src/shared/profile.js";
import type { Errors } from "./deviceErrors.js";
import type { Precision } from "./deviceJobs.js";

export interface Held {
  readonly precision: Precision;
  readonly perBlock: Errors;
  readonly forms: readonly Errors[];
  /** Batches that stayed suspect. */
  readonly suspect: number;
  readonly batches: number;
}

export interface Winner {
  readonly budget: number;
  readonly ok: boolean;
  readonly stopped: string;
  readonly rounds: number;
  readonly accuracy: number;
  readonly predicted: number;
  readonly measured: number;
  /** In one more batch, in which no winner was chosen. */
  again: number;
}

export interface DeviceResults {
  readonly profiles: Readonly<Record<Precision, { seconds: number; samples: number; noise: ProfileResult["noise"]; heldOut: ProfileResult["heldOut"] }>>;
  readonly held: readonly Held[];
  readonly ratio: number;
  readonly winners: Partial<Record<Precision, readonly Winner[]>>;
  readonly loadAverage: readonly number[];
}
