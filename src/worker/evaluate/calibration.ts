import { InputError } from "../../shared/errors.js";
import type { ImageSet } from "../data/index.js";
import type { Material } from "./sources.js";

/** Images that statistics and ranges are computed from. */
export interface CalibrationImages {
  readonly count: number;
  /** [to - from, 3, R, R] */
  batch(from: number, to: number): Promise<Float32Array>;
}

/**
 * Disjoint sets of calibration images, drawn in a seeded order.
 * @param images of each set
 * @throws InputError where the data has too few
 */
export function calibrationSets({ data, paths }: Material, { images, seed, sets = 1 }: { images: number; seed: number; sets?: number }): CalibrationImages[] {
  const wanted = images * sets;
  const there = data.card.calibration;
  if (there < wanted) {
    throw new InputError({
      what: "the data has too few calibration images",
      file: paths.data,
      found: String(there),
      expected: sets === 1 ? `at least ${wanted}` : `at least ${wanted}, ${sets} disjoint sets of ${images}`,
      next: "Ask for fewer, or put more images into the folder calibration.",
    });
  }
  const all = data.part("calibration", wanted, seed);
  return Array.from({ length: sets }, (_, i) => partOf(all, i * images, images));
}

const partOf = (all: ImageSet, from: number, count: number): CalibrationImages => ({
  count,
  batch: (first, end) => all.batch(from + first, from + end),
});
