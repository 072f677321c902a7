import { randomArchitecture, type Architecture, type Stage } from "../../engine/architecture.js";
import { latinDesign } from "../../engine/device/latinDesign.js";
import { Random } from "../../engine/random.js";
import type { Space } from "../../engine/space.js";
import type { ProfileRequest } from "../../shared/profile.js";

/** Timed in every batch, so that batches can be brought to one level; with three the level errs by 0.7 to 1 %. */
const REFERENCES = 4;
/** Architectures of a batch: enough that the references cost little, few enough that a kill costs little. */
const BATCH = 10;

/** What a profile measures, the same for the same request. */
export interface Plan {
  readonly references: readonly Architecture[];
  /** Traced: together they hold every block of the space. */
  readonly traced: readonly Architecture[];
  /** Timed, batch by batch. */
  readonly batches: readonly (readonly Architecture[])[];
}

/**
 * Draws everything a profile may measure. The first batch holds the smallest and the largest architecture, since a
 * search goes to the ends of a space, where random ones hardly ever lie.
 */
export function planOf(space: Space, { resolution, samples, seed }: Pick<ProfileRequest, "resolution" | "samples" | "seed">): Plan {
  const random = Random.seeded(seed);
  const draw = () => randomArchitecture(space, resolution, random);
  const references = Array.from({ length: REFERENCES }, draw);
  const traced = latinDesign(space, resolution, random);
  const timed = [extreme(space, resolution, "first"), extreme(space, resolution, "last"), ...Array.from({ length: samples - 2 }, draw)];
  const batches = Array.from({ length: Math.ceil(samples / BATCH) }, (_, i) => timed.slice(i * BATCH, (i + 1) * BATCH));
  return { references, traced, batches };
}

/** Every choice at its smallest or at its largest. */
function extreme(space: Space, resolution: number, end: "first" | "last"): Architecture {
  const of = (choices: readonly number[]) => (end === "first" ? choices[0]! : choices[choices.length - 1]!);
  const stages: Stage[] = space.stages.map(({ width, depth, expand, kernel }) => ({
    width,
    blocks: Array.from({ length: of(depth) }, () => ({ expand: of(expand), kernel: of(kernel) })),
  }));
  return { resolution, stages };
}
