import { basename, resolve } from "node:path";
import { PrecisionSchema } from "../../shared/measure.js";
import type { Source } from "../../shared/messages.js";
import { RangeMethodSchema, type AccuracyProtocol, type DataCard, type Reference, type SupernetCard } from "../../shared/supernet.js";
import { UsageError, type Context, type Options, type OptionSpec } from "../command.js";
import { doJob } from "../job.js";

/** Calibration images, where nothing is said: as many as the data has, at most these. */
const CALIBRATION_IMAGES = 500;

/** The supernet and the data that a command works with. */
export const MATERIAL = {
  supernet: { value: "FILE", help: "supernet: .safetensors, or .onnx with the same names", required: true },
  data: { value: "DIR", help: "data: DIR/validation and DIR/calibration, images in class folders or arrays", required: true },
} satisfies Record<string, OptionSpec>;

/** How subnets are made and measured. */
export const MAKING = {
  "calibration-images": { value: "N", help: `images that batch-norm and int8 ranges are computed from; default ${CALIBRATION_IMAGES}, or all` },
  ranges: { value: RangeMethodSchema.options.join("|"), help: "int8: how the activations' ranges are found; default percentile, which loses less" },
  threads: { value: "N", help: "threads of onnxruntime; default 1" },
} satisfies Record<string, OptionSpec>;
export const VALIDATING = {
  "validation-images": { value: "N", help: "validation images, the first in a seeded order; default: all" },
} satisfies Record<string, OptionSpec>;

/** A supernet and data as a request names them, and what they are. */
export interface Material {
  readonly supernet: Reference;
  readonly data: Reference;
  readonly cards: { readonly supernet: SupernetCard; readonly data: DataCard };
}

/** Looks at --supernet and --data, whose digests a request carries. @throws InputError */
export async function readMaterial(options: Options, space: Source, context: Context): Promise<Material> {
  const paths = { supernet: resolve(options.need("supernet")), data: resolve(options.need("data")) };
  const { supernet, data } = await doJob<"inspect">({ kind: "inspect", space, ...paths }, context);
  if (supernet === null || data === null) throw new Error("inspect answers for both files that it was asked about");
  const named = (path: string, digest: string): Reference => ({ name: basename(path), path, digest });
  return { supernet: named(paths.supernet, supernet.digest), data: named(paths.data, data.digest), cards: { supernet, data } };
}

/** The options of MAKING. @param there calibration images that the data has. @throws UsageError */
export function readMaking(options: Options, there: number, otherwise = CALIBRATION_IMAGES): Pick<AccuracyProtocol, "calibrationImages" | "ranges" | "threads" | "seed"> {
  return {
    calibrationImages: options.numberOr("calibration-images", Math.max(8, Math.min(otherwise, there)), { min: 8, max: 100_000, integer: true }),
    ranges: options.get("ranges") === undefined ? "percentile" : options.choice("ranges", RangeMethodSchema.options),
    threads: options.numberOr("threads", 1, { min: 1, max: 1024, integer: true }),
    seed: options.numberOr("seed", 1, { min: 0, max: 0xffff_ffff, integer: true }),
  };
}

/** The option of VALIDATING; null takes all. @throws UsageError */
export function readValidationImages(options: Options, otherwise: number | null = null): number | null {
  return options.get("validation-images") === undefined ? otherwise : options.number("validation-images", { min: 1, max: 10_000_000, integer: true });
}

/** `fp32`, `int8` or both; the first counts. @throws UsageError */
export function readPrecisions(options: Options): ("fp32" | "int8")[] {
  const text = options.get("precision") ?? "fp32";
  const names = text.split(",").map((name) => name.trim());
  const known = names.map((name) => PrecisionSchema.options.find((precision) => precision === name));
  const wrong = known.includes(undefined) || new Set(known).size !== known.length;
  if (wrong) throw new UsageError(`--precision: found ${JSON.stringify(text)}, expected fp32, int8 or fp32,int8; of both, the first counts`);
  return known.filter((precision) => precision !== undefined);
}
