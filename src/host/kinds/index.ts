import type { RunRecord } from "../../runs/runStore.js";
import type { RunKind, RunRequest } from "../../shared/runs.js";
import type { Kind } from "./kind.js";
import { bench, type BenchFound } from "./bench.js";
import { evaluate, type EvaluateFound } from "./evaluate.js";
import { finalists, type FinalistsFound } from "./finalists.js";
import { profile, type ProfileFound } from "./profile.js";
import { search, type SearchFound } from "./search.js";
import { tune, type TuneFound } from "./tune.js";

/** The kinds of runs. A new one is a file here, a line below, and its request in shared/runs.ts and panel.ts. */
const KINDS: { readonly [K in RunKind]: Kind<K, Found> } = { search, profile, bench, tune, evaluate, finalists };

/** What a finished run found, in short. */
export type Found = SearchFound | ProfileFound | BenchFound | TuneFound | EvaluateFound | FinalistsFound;

export function kindNamed<K extends RunKind>(kind: K): Kind<K, Found> {
  return KINDS[kind];
}

/** The kind of a run. */
export function kindOf<K extends RunKind>(record: RunRecord<K>): Kind<K, Found> {
  const { kind } = record.request as RunRequest;
  return kindNamed(kind as K);
}
