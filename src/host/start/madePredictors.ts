import { isKind, type RunRecord } from "../../runs/runStore.js";
import { readSpace } from "../../shared/files/index.js";
import type { PredictorFile } from "../../shared/predictor.js";
import { profileFiles } from "../../shared/profileFiles.js";
import type { Source } from "../../shared/source.js";
import { tunedFiles } from "../../shared/tunedFiles.js";
import type { Entry } from "../library.js";
import type { RunController } from "../runs/runController.js";
import { evaluatedFiles, finalistsFiles } from "../supernet/evaluatedFiles.js";

/** Reading one takes a journal: enough for any list that a person reads. */
const MOST = 20;

/** A predictor that a run fitted or corrected, and what a person keeps of it. */
export interface Made {
  readonly predictor: PredictorFile;
  /** The predictor's file first, then what it rests on. */
  readonly files: readonly [Source, ...Source[]];
}

type Makers = Pick<RunController, "list" | "result">;

/** Predictors of the finished profiles and evaluations, newest first, as if they were files. Corrected ones are called as those that they come from, so a list would confuse them. */
export async function profiledPredictors(runs: Makers): Promise<Entry<PredictorFile>[]> {
  const done = (await runs.list()).map(({ record }) => record).filter((record) => record.state === "done");
  const makers = done.filter((record) => isKind(record, "profile") || isKind(record, "evaluate")).slice(0, MOST);
  const entries = await Promise.all(makers.map((record) => madeBy(runs, record).then((made) => (made === null ? [] : [entryOf(record.id, made)]), () => [])));
  return entries.flat();
}

/** A run's predictor as if it were a file. */
export const entryOf = (runId: string, { predictor, files: [source] }: Made): Entry<PredictorFile> => ({ key: `run:${runId}`, builtIn: false, uri: null, source, content: predictor });

const MAKERS = ["profile", "evaluate", "tune", "finalists"] as const;
type Maker = (typeof MAKERS)[number];

/** Whether runs of its kind fit or correct a predictor. */
export const isMaker = (record: RunRecord): record is RunRecord<Maker> => MAKERS.some((kind) => isKind(record, kind));

/** What a run has made; null while it is not finished, and where it fits or corrects none. Throws InputError where its journal cannot be read. */
export async function madeBy(runs: Makers, record: RunRecord): Promise<Made | null> {
  const { id } = record;
  if (isKind(record, "profile")) {
    const result = record.state === "done" ? await runs.result(id, "profile") : null;
    if (result === null) return null;
    const { predictor, samples, profile } = profileFiles(result, readSpace(record.request.space));
    return { predictor: result.predictor, files: [predictor, samples, profile] };
  }
  if (isKind(record, "evaluate")) {
    const result = await runs.result(id, "evaluate");
    if (result === null || result.fit === null) return null;
    const { predictor, samples, account } = evaluatedFiles(result, readSpace(record.request.space));
    return { predictor: result.fit.predictor, files: [predictor!, samples, account] };
  }
  if (isKind(record, "tune")) {
    const result = await runs.result(id, "tune");
    if (result === null || result.rounds.length === 0) return null;
    const { predictor, account } = tunedFiles(result);
    return { predictor: result.predictor, files: [predictor, account] };
  }
  const result = isKind(record, "finalists") ? await runs.result(id, "finalists") : null;
  const files = result === null ? null : finalistsFiles(result);
  return files === null ? null : { predictor: result!.corrected!, files: [files.predictor, files.account] };
}
