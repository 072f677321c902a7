import * as v from "valibot";
import { BenchRequestSchema } from "./bench.js";
import { SearchRequestSchema, type ProgressOf, type Request, type ResultOf } from "./messages.js";
import { ProfileRequestSchema } from "./profile.js";
import { EvaluateRequestSchema, FinalistsRequestSchema } from "./supernet.js";
import { TuneRequestSchema } from "./tune.js";

/** Jobs that are kept as runs: listed, resumed, shown in the panel. */
export const RunRequestSchema = v.variant("kind", [SearchRequestSchema, ProfileRequestSchema, BenchRequestSchema, TuneRequestSchema, EvaluateRequestSchema, FinalistsRequestSchema]);
export type RunRequest = v.InferOutput<typeof RunRequestSchema>;
export type RunKind = RunRequest["kind"];

export type RunRequestOf<K extends RunKind> = Extract<Request, { kind: K }>;
export type RunProgress = ProgressOf<RunKind>;
export type RunResult = ResultOf<RunKind>;

export const RunStateSchema = v.picklist(["running", "done", "infeasible", "cancelled", "failed", "interrupted"]);
export type RunState = v.InferOutput<typeof RunStateSchema>;
