import * as v from "valibot";
import { PrecisionSchema } from "./measure.js";
import { SourceSchema } from "./source.js";

/** Writes the model of a config as ONNX. */
export const OnnxRequestSchema = v.object({
  kind: v.literal("onnx"),
  config: SourceSchema,
  space: SourceSchema,
  precision: PrecisionSchema,
  /** Of the weights. */
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  /** Version of FOX-NAS, for the file's metadata. */
  version: v.string(),
});
export type OnnxRequest = v.InferOutput<typeof OnnxRequestSchema>;

export const OnnxResultSchema = v.object({
  /** The file, as base64. */
  model: v.string(),
  bytes: v.number(),
  /** SHA-256 of the file, in hex. */
  digest: v.string(),
  /** As trained, and multiply-adds of one image. */
  parameters: v.number(),
  multiplyAdds: v.number(),
  /** ONNX's default operator set that the file needs. */
  opset: v.number(),
  /** Where the weights come from, e.g. "random, seed 1". */
  weights: v.string(),
});
export type OnnxResult = v.InferOutput<typeof OnnxResultSchema>;
