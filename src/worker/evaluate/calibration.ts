import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
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
      what: t("the data has too few calibration images"),
      file: paths.data,
      found: String(there),
      expected: sets === 1 ? t("at least {0}", wanted) : t("at least {0}, {1} disjoint sets of {2}", wanted, sets, images),
      next: t("Ask for fewer, or put more images into the folder calibration."),
    });
  }
  const all = data.part("calibration", wanted, seed);
  return Array.from({ length: sets }, (_, i) => partOf(all, i * images, images));
}

const partOf = (all: ImageSet, from: number, count: number): CalibrationImages => ({
  count,
  batch: (first, end) => all.batch(from + first, from + end),
});
