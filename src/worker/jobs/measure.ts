import type { MeasureProgress, MeasureRequest, MeasureResult } from "../../shared/measure.js";
import type { Job, Json } from "../job.js";
import { measureBatch } from "../measure/batch.js";

/**
 * Times one batch of networks. The numbers differ from run to run, as far as `noise` says; everything else is the
 * same for the same request. A batch that was interrupted begins again: its readings belong to one process.
 */
export const measure: Job<MeasureRequest, MeasureResult, Json, MeasureProgress> = (request, context) => measureBatch(request, context);
