import * as v from "valibot";

/** Right answers among the validation images: most likely class, five most likely classes. */
const CountsSchema = v.tuple([v.number(), v.number()]);
export type Counts = v.InferOutput<typeof CountsSchema>;

/** What a run has spent so far. */
export const SpentSchema = v.object({ elapsedMs: v.number(), images: v.number(), subnets: v.number(), peakMemoryBytes: v.number() });
export type Spent = v.InferOutput<typeof SpentSchema>;

/**
 * What an evaluation has measured so far: a few numbers for each subnet of the plan, in its order, so that none is measured
 * twice.
 */
export const EvaluateStateSchema = v.object({
  spent: SpentSchema,
  subnets: v.array(
    v.object({
      fp32: v.nullable(CountsSchema),
      int8: v.nullable(CountsSchema),
      /** Of some held-out subnets, in the first precision: a bit for each image, base64. */
      correct: v.nullable(v.string()),
      /** fp32 minus int8, pp, on the same images (paired); null where only one was measured, or by an earlier version. */
      loss: v.optional(v.nullable(v.object({ value: v.number(), interval: v.tuple([v.number(), v.number()]) })), null),
    }),
  ),
});
export type EvaluateState = v.InferOutput<typeof EvaluateStateSchema>;

/** What the finalists' run has measured: of every reading (finalist by finalist, set by set) which images it got right. */
export const FinalistsStateSchema = v.object({
  spent: SpentSchema,
  readings: v.array(v.object({ counts: CountsSchema, /** A bit for each image, base64. */ correct: v.string() })),
});
export type FinalistsState = v.InferOutput<typeof FinalistsStateSchema>;

export const nothingSpent = (): Spent => ({ elapsedMs: 0, images: 0, subnets: 0, peakMemoryBytes: 0 });
