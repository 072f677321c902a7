import { isKind, type RunRecord } from "../../runs/runStore.js";
import { readSpace } from "../../shared/files/index.js";
import type { PredictorFile } from "../../shared/predictor.js";
import { profileFiles } from "../../shared/profileFiles.js";
import type { Entry } from "../library.js";
import type { RunController } from "../runs/runController.js";
import { evaluatedFiles } from "../supernet/evaluatedFiles.js";

/** Reading one takes a journal: enough for any list that a person reads. */
const MOST = 20;

/** Predictors of the finished profiles and evaluations, newest first, as if they were files. */
export async function profiledPredictors(runs: RunController): Promise<Entry<PredictorFile>[]> {
  const done = (await runs.list()).map(({ record }) => record).filter((record) => record.state === "done");
  const makers = done.filter((record) => isKind(record, "profile") || isKind(record, "evaluate")).slice(0, MOST);
  return (await Promise.all(makers.map((record) => entryOf(runs, record).catch(() => [])))).flat();
}

/** The predictor of one run; none while it is not finished, or where it fits none. Throws InputError where its journal cannot be read. */
export async function entryOf(runs: RunController, record: RunRecord): Promise<Entry<PredictorFile>[]> {
  const made = await madeBy(runs, record);
  if (made === null) return [];
  return [{ key: `run:${record.id}`, builtIn: false, uri: null, ...made }];
}

async function madeBy(runs: RunController, record: RunRecord): Promise<Pick<Entry<PredictorFile>, "source" | "content"> | null> {
  if (isKind(record, "profile")) {
    const result = await runs.result(record.id, "profile");
    return result === null ? null : { source: profileFiles(result, readSpace(record.request.space)).predictor, content: result.predictor };
  }
  const result = isKind(record, "evaluate") ? await runs.result(record.id, "evaluate") : null;
  if (result === null || result.fit === null || !isKind(record, "evaluate")) return null;
  return { source: evaluatedFiles(result, readSpace(record.request.space)).predictor!, content: result.fit.predictor };
}
