import { isKind, type RunRecord } from "../runs/runStore.js";
import { readSpace } from "../shared/files/index.js";
import type { PredictorFile } from "../shared/predictor.js";
import { profileFiles } from "../shared/profileFiles.js";
import type { Entry } from "./library.js";
import type { RunController } from "./runController.js";

/** Reading one takes a journal: enough for any list that a person reads. */
const MOST = 20;

/** Predictors of the finished profiles, newest first, as if they were files. */
export async function profiledPredictors(runs: RunController): Promise<Entry<PredictorFile>[]> {
  const done = (await runs.list()).map(({ record }) => record).filter((record) => record.state === "done");
  const profiles = done.filter((record) => isKind(record, "profile")).slice(0, MOST);
  return (await Promise.all(profiles.map((record) => entryOf(runs, record).catch(() => [])))).flat();
}

/** The predictor of one profile; none while it is not finished. Throws InputError where its journal cannot be read. */
export async function entryOf(runs: RunController, record: RunRecord<"profile">): Promise<Entry<PredictorFile>[]> {
  const result = await runs.result(record.id, "profile");
  if (result === null) return [];
  const { name, text } = profileFiles(result, readSpace(record.request.space)).predictor;
  return [{ key: `run:${record.id}`, builtIn: false, uri: null, source: { name, text }, content: result.predictor }];
}
