import * as v from "valibot";
import { ProgressSchema } from "./messages.js";
import { NearTiesSchema, SearchResultSchema } from "./results.js";

export const RunStateSchema = v.picklist(["running", "done", "infeasible", "cancelled", "failed", "interrupted"]);
export type RunState = v.InferOutput<typeof RunStateSchema>;

/** A run as the panel sees it. The host owns it; the panel only draws it. */
export const RunViewSchema = v.object({
  id: v.string(),
  /** e.g. `foxnas-cpu at 256 px`. */
  title: v.string(),
  state: RunStateSchema,
  space: v.string(),
  resolution: v.number(),
  /** ms */
  budget: v.number(),
  seed: v.number(),
  accuracyPredictor: v.string(),
  latencyPredictor: v.string(),
  /** ISO 8601 */
  startedAt: v.string(),
  /** How often a crashed worker was started again. */
  restarts: v.number(),
  progress: v.nullable(ProgressSchema),
  result: v.nullable(SearchResultSchema),
  /** Of a failed run. */
  error: v.nullable(v.string()),
});
export type RunView = v.InferOutput<typeof RunViewSchema>;

/** host -> panel */
export const ToPanelSchema = v.variant("type", [
  v.object({ type: v.literal("run"), run: v.nullable(RunViewSchema) }),
  /** Answer to `nearTies`; null where they are too many to count. */
  v.object({
    type: v.literal("nearTies"),
    runId: v.string(),
    point: v.number(),
    nearTies: v.nullable(NearTiesSchema),
  }),
  v.object({ type: v.literal("progress"), runId: v.string(), progress: ProgressSchema, restarts: v.number() }),
]);
export type ToPanel = v.InferOutput<typeof ToPanelSchema>;

/** What the panel keeps across hiding and reload, by `setState`: navigation and interface state only. */
export const PanelUiSchema = v.object({
  runId: v.nullable(v.string()),
  /** Slider position, ms; null follows the run's budget. */
  budget: v.nullable(v.number()),
});
export type PanelUi = v.InferOutput<typeof PanelUiSchema>;

/** panel -> host. A panel names what the host already has; it never sends an architecture or a path. */
export const FromPanelSchema = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({ type: v.literal("search") }),
  v.object({ type: v.literal("cancel"), runId: v.string() }),
  v.object({ type: v.literal("resume"), runId: v.string() }),
  /** `point` is an index into the result's front; null takes the found architecture. */
  v.object({
    type: v.literal("insert"),
    runId: v.string(),
    point: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  /** Asks for the near-ties of a point of the result's front. */
  v.object({
    type: v.literal("nearTies"),
    runId: v.string(),
    point: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  v.object({ type: v.literal("showLog") }),
  /** Written to the log: a script error or a CSP violation in the panel. */
  v.object({ type: v.literal("report"), message: v.pipe(v.string(), v.maxLength(4000)) }),
  /** First progress or result painted, for the benchmark. */
  v.object({ type: v.literal("painted"), runId: v.string(), what: v.picklist(["progress", "result"]) }),
]);
export type FromPanel = v.InferOutput<typeof FromPanelSchema>;
