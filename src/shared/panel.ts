import * as v from "valibot";
import { ArchitectureSchema } from "./architecture.js";
import { BenchRequestSchema, BenchResultSchema } from "./bench.js";
import { OverviewSchema, type Overview } from "./explanation.js";
import { MeasureProgressSchema, type MeasureProgress } from "./measure.js";
import { ProgressSchema, type Progress } from "./messages.js";
import { PredictorSchema, type PredictorFile } from "./predictor.js";
import { ProfileRequestSchema, ProfileResultSchema } from "./profile.js";
import { NearTiesSchema, SearchResultSchema, type NearTies } from "./results.js";
import { RunStateSchema } from "./runs.js";
import { SpaceSchema, type Space } from "./space.js";
import { AccuracyFitSchema, AccuracyProtocolSchema, EvaluateResultSchema, FinalistsResultSchema } from "./supernet.js";
import { TuneRequestSchema, TuneResultSchema } from "./tune.js";
import { VerifiedSchema } from "./verified.js";

export { RunStateSchema, type RunState } from "./runs.js";

/** What the panel sees of every run. */
const common = {
  id: v.string(),
  /** e.g. `foxnas-cpu at 256 px`. */
  title: v.string(),
  state: RunStateSchema,
  /** Id of the search space. */
  space: v.string(),
  /** px */
  resolution: v.number(),
  seed: v.number(),
  /** ISO 8601 */
  startedAt: v.string(),
  /** How often a crashed worker was started again. */
  restarts: v.number(),
  /** Of a failed run. */
  error: v.nullable(v.string()),
};

/** What the panel needs to predict and explain by itself, as fast as a person clicks. */
export interface SearchModel {
  space: Space;
  accuracy: PredictorFile;
  latency: PredictorFile;
}
// Named types here and below: the compiler loses itself in the whole of what they are made of.
const SearchModelSchema: v.GenericSchema<SearchModel> = v.object({ space: SpaceSchema, accuracy: PredictorSchema, latency: PredictorSchema });

export const SearchRunViewSchema = v.object({
  kind: v.literal("search"),
  ...common,
  /** ms */
  budget: v.number(),
  accuracyPredictor: v.string(),
  latencyPredictor: v.string(),
  /** The latency predictor says how its milliseconds were measured, so that they can be measured again. */
  measurable: v.boolean(),
  /** The accuracy predictor says which supernet and data its samples were measured with, so that finalists can be measured. */
  evaluable: v.boolean(),
  progress: v.nullable(ProgressSchema),
  result: v.nullable(SearchResultSchema),
  /** With the result. */
  model: v.nullable(SearchModelSchema),
  /** Architectures of the result that were measured on this machine. */
  measured: v.array(VerifiedSchema),
});
export type SearchRunView = v.InferOutput<typeof SearchRunViewSchema>;

/** A profile without its predictor, whose covariance alone is some thousand numbers: the host has it. */
export const ProfileCardSchema = v.object({
  ...v.omit(ProfileResultSchema, ["predictor"]).entries,
  /** Of the per-block predictor. */
  terms: v.number(),
});
export type ProfileCard = v.InferOutput<typeof ProfileCardSchema>;

export const ProfileRunViewSchema = v.object({
  kind: v.literal("profile"),
  ...common,
  asked: v.pick(ProfileRequestSchema, ["precision", "threads", "executionProvider", "samples", "target", "timeLimitMs", "rounds"]),
  progress: v.nullable(MeasureProgressSchema),
  result: v.nullable(ProfileCardSchema),
});
export type ProfileRunView = v.InferOutput<typeof ProfileRunViewSchema>;

const { space: _space, resolution: _resolution, ...commonToAll } = common;

/** Networks side by side, each with a space and a resolution of its own. */
export const BenchRunViewSchema = v.object({
  kind: v.literal("bench"),
  ...commonToAll,
  asked: v.object({
    ...v.pick(BenchRequestSchema, ["precision", "threads", "executionProvider", "rounds", "batches"]).entries,
    configs: v.number(),
    baselines: v.number(),
  }),
  progress: v.nullable(MeasureProgressSchema),
  result: v.nullable(BenchResultSchema),
});
export type BenchRunView = v.InferOutput<typeof BenchRunViewSchema>;

/** A search with measuring, without its corrected predictor: the host has it. */
export const TuneCardSchema = v.omit(TuneResultSchema, ["predictor"]);
export type TuneCard = v.InferOutput<typeof TuneCardSchema>;

export const TuneRunViewSchema = v.object({
  kind: v.literal("tune"),
  ...common,
  /** ms */
  budget: v.number(),
  accuracyPredictor: v.string(),
  latencyPredictor: v.string(),
  asked: v.pick(TuneRequestSchema, ["rounds", "candidates", "most"]),
  progress: v.nullable(MeasureProgressSchema),
  result: v.nullable(TuneCardSchema),
});
export type TuneRunView = v.InferOutput<typeof TuneRunViewSchema>;

/** An evaluation without its predictor: the host has it. */
export const EvaluateCardSchema = v.object({
  ...v.omit(EvaluateResultSchema, ["fit"]).entries,
  fit: v.nullable(
    v.object({
      ...v.omit(AccuracyFitSchema, ["predictor"]).entries,
      form: v.string(),
      terms: v.number(),
      /** Of the link, %; null without a link. */
      ceiling: v.nullable(v.number()),
    }),
  ),
});
export type EvaluateCard = v.InferOutput<typeof EvaluateCardSchema>;

export const EvaluateRunViewSchema = v.object({
  kind: v.literal("evaluate"),
  ...common,
  supernet: v.string(),
  data: v.string(),
  asked: v.object({
    ...v.omit(AccuracyProtocolSchema, ["resolution", "seed"]).entries,
    precisions: EvaluateResultSchema.entries.precisions,
    /** Subnets to measure: of a design to fit and held out, or the person's own. */
    samples: v.number(),
    heldOut: v.number(),
    given: v.number(),
  }),
  progress: v.nullable(MeasureProgressSchema),
  result: v.nullable(EvaluateCardSchema),
});
export type EvaluateRunView = v.InferOutput<typeof EvaluateRunViewSchema>;

/** Measured finalists, without the corrected predictor: the host has it. */
export const FinalistsCardSchema = v.object({
  ...FinalistsResultSchema.entries,
  /** Whether there is one. */
  corrected: v.boolean(),
});
export type FinalistsCard = v.InferOutput<typeof FinalistsCardSchema>;

export const FinalistsRunViewSchema = v.object({
  kind: v.literal("finalists"),
  ...common,
  /** ms */
  budget: v.number(),
  accuracyPredictor: v.string(),
  latencyPredictor: v.string(),
  supernet: v.string(),
  data: v.string(),
  asked: v.object({
    ...v.omit(AccuracyProtocolSchema, ["resolution", "seed"]).entries,
    precision: FinalistsResultSchema.entries.precision,
    candidates: v.number(),
    rounds: v.number(),
    calibrations: v.number(),
  }),
  progress: v.nullable(MeasureProgressSchema),
  result: v.nullable(FinalistsCardSchema),
});
export type FinalistsRunView = v.InferOutput<typeof FinalistsRunViewSchema>;

/** A run as the panel sees it. The host owns it; the panel only draws it. */
export type RunView = SearchRunView | ProfileRunView | BenchRunView | TuneRunView | EvaluateRunView | FinalistsRunView;
// Named by its output: the compiler gives up on what the messages below would be inferred from.
export const RunViewSchema: v.GenericSchema<unknown, RunView> = v.variant("kind", [
  SearchRunViewSchema,
  ProfileRunViewSchema,
  BenchRunViewSchema,
  TuneRunViewSchema,
  EvaluateRunViewSchema,
  FinalistsRunViewSchema,
]);

const progressOf = { type: v.literal("progress"), runId: v.string(), restarts: v.number() };

interface ProgressOf<K extends RunView["kind"], P> {
  type: "progress";
  kind: K;
  runId: string;
  restarts: number;
  progress: P;
}

/** host -> panel */
export type ToPanel =
  | { type: "run"; run: RunView | null }
  | { type: "nearTies"; runId: string; point: number; nearTies: NearTies | null }
  | { type: "overview"; runId: string; overview: Overview | null }
  | ProgressOf<"search", Progress>
  | ProgressOf<"profile" | "bench" | "tune" | "evaluate" | "finalists", MeasureProgress>;
// Named by its output likewise.
export const ToPanelSchema: v.GenericSchema<unknown, ToPanel> = v.variant("type", [
  v.object({ type: v.literal("run"), run: v.nullable(RunViewSchema) }),
  /** Answer to `nearTies`; null where they are too many to count. */
  v.object({
    type: v.literal("nearTies"),
    runId: v.string(),
    point: v.number(),
    nearTies: v.nullable(NearTiesSchema),
  }),
  /** Answer to `overview`; null where it could not be computed, and the log says why. */
  v.object({ type: v.literal("overview"), runId: v.string(), overview: v.nullable(OverviewSchema) }),
  v.variant("kind", [
    v.object({ ...progressOf, kind: v.literal("search"), progress: ProgressSchema }),
    v.object({ ...progressOf, kind: v.picklist(["profile", "bench", "tune", "evaluate", "finalists"]), progress: MeasureProgressSchema }),
  ]),
]);

const TabSchema = v.picklist(["result", "alternatives", "whatIf", "general", "predictors"]);
export type Tab = v.InferOutput<typeof TabSchema>;

/** What the panel keeps across hiding and reload, by `setState`: navigation and interface state only. */
export const PanelUiSchema = v.object({
  runId: v.nullable(v.string()),
  /** Slider position, ms; null follows the run's budget. */
  budget: v.nullable(v.number()),
  tab: v.optional(TabSchema, "result"),
  /** What a person makes of the architecture under “What if”, and what that is compared with; null follows what is shown. */
  edited: v.optional(v.nullable(ArchitectureSchema), null),
  pinned: v.optional(v.nullable(ArchitectureSchema), null),
  /** Place of the finalist on show, 0 for the winner. */
  picked: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
});
export type PanelUi = v.InferOutput<typeof PanelUiSchema>;

/**
 * An architecture of a search: `point` is an index into the result's front, null the found one. `architecture` is a
 * design of the person's own instead; the worker checks that it lies in the run's space.
 */
const foundIn = {
  runId: v.string(),
  point: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  architecture: v.optional(ArchitectureSchema),
  /** Where the slider stands, ms. */
  budget: v.optional(v.number()),
};

/** panel -> host. A panel names what the host already has, and never a path. */
export const FromPanelSchema = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  /** `runId`: with the predictor of this finished profile. */
  v.object({ type: v.literal("search"), runId: v.optional(v.string()) }),
  v.object({ type: v.literal("profile") }),
  v.object({ type: v.literal("bench"), runId: v.optional(v.string()) }),
  /** `runId`: with space, predictors and budget of this search; of a search with measuring, with its corrected predictor. */
  v.object({ type: v.literal("tune"), runId: v.optional(v.string()) }),
  /** Puts a finished bench on the clipboard. */
  v.object({ type: v.literal("copyMarkdown"), runId: v.string() }),
  v.object({ type: v.literal("cancel"), runId: v.string() }),
  v.object({ type: v.literal("resume"), runId: v.string() }),
  v.object({ type: v.literal("insert"), ...foundIn }),
  /** Puts the account of an architecture on the clipboard, as Markdown. */
  v.object({ type: v.literal("copyAccount"), ...foundIn }),
  v.object({ type: v.literal("saveReport"), ...foundIn }),
  v.object({ type: v.literal("exportOnnx"), ...foundIn }),
  /** `index`: of a finalist. */
  v.object({ type: v.literal("generateCode"), ...foundIn, index: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) }),
  v.object({ type: v.literal("verify"), ...foundIn }),
  v.object({ type: v.literal("savePredictor"), runId: v.string() }),
  v.object({ type: v.literal("evaluate") }),
  /** Saves an evaluation's samples as CSV. */
  v.object({ type: v.literal("saveSamples"), runId: v.string() }),
  /** Measures the best under the budget of this search on the validation images. */
  v.object({ type: v.literal("finalists"), runId: v.string() }),
  /** Of a finished `finalists` run: config, or model with its weights, of the finalist `index`. */
  v.object({ type: v.literal("insertFinalist"), runId: v.string(), index: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.object({ type: v.literal("exportFinalist"), runId: v.string(), index: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  /** Asks for the near-ties of a point of the result's front. */
  v.object({
    type: v.literal("nearTies"),
    runId: v.string(),
    point: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  /** Asks for what matters in the whole space. */
  v.object({ type: v.literal("overview"), runId: v.string() }),
  v.object({ type: v.literal("showLog") }),
  /** Written to the log: a script error or a CSP violation in the panel. */
  v.object({ type: v.literal("report"), message: v.pipe(v.string(), v.maxLength(4000)) }),
  /** First progress or result painted, for the benchmark. */
  v.object({ type: v.literal("painted"), runId: v.string(), what: v.picklist(["progress", "result"]) }),
]);
export type FromPanel = v.InferOutput<typeof FromPanelSchema>;
