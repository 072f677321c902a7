import * as v from "valibot";
import { MeasureResultSchema, type MeasureResult } from "../../shared/measure.js";

/** One finished batch. */
const BatchSchema = v.object({
  ...MeasureResultSchema.entries,
  /** How often it was measured again. */
  repeated: v.number(),
});
export type Batch = v.InferOutput<typeof BatchSchema>;

/** What a bench has measured so far. Every finished batch is in it, so that none is measured twice. */
export const BenchStateSchema = v.object({ elapsedMs: v.number(), batches: v.array(BatchSchema) });
export type BenchState = v.InferOutput<typeof BenchStateSchema>;

/** All networks of a batch. */
export const measuredIn = ({ networks, references }: MeasureResult) => [...networks, ...references];
