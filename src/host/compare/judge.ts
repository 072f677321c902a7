import type { Side as JudgedSide } from "../../editor/compare/index.js";
import { readConfig } from "../../shared/files/index.js";
import { predictorCard } from "../../shared/cards.js";
import type { Comparison } from "../../shared/comparison.js";
import { sha256 } from "../../runs/digest.js";
import type { App } from "../app.js";
import type { Entry } from "../library.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Side } from "./sides.js";

type Known = Pick<App, "editor">;

/** A side that was read: what is to be compared, and the budget it stands under. */
export interface ReadSide extends JudgedSide {
  /** ms; null for none */
  budget: number | null;
}

/** Reads a side as it stands, and chooses what it is judged by as the editor does. Throws InputError where it is no config. */
export async function readSide({ editor: { analyses, surroundings } }: Known, { title, uri, read }: Side): Promise<ReadSide> {
  const config = readConfig(await read());
  const models = await analyses.models();
  const space = surroundings.spaces.get(config.space) ?? null;
  const { accuracy, latency } = surroundings.predictors({ space: config.space, resolution: config.resolution, predicted: config.predicted });
  const budget = config.provenance?.budget ?? (uri === undefined ? null : surroundings.budget(uri));
  const speak = (one: Entry<PredictorFile> | null): one is Entry<PredictorFile> => one?.content.resolution === config.resolution;
  if (space === null || !speak(accuracy) || !speak(latency)) return { title, config, space, model: null, budget };
  const { comparisonModel } = await import("../../editor/compare/index.js");
  const files = { accuracy: accuracy.content, latency: latency.content };
  return { title, config, space, model: comparisonModel(models, space, files, { accuracy: cardOf(accuracy), latency: cardOf(latency) }), budget };
}

const cardOf = ({ source, content }: Entry<PredictorFile>) => predictorCard(source, content, sha256(source.text));

/** How B differs from A. B's budget holds, for B is what is to become of A; where it has none, A's. */
export async function compareSides(a: ReadSide, b: ReadSide): Promise<Comparison> {
  const { compare } = await import("../../editor/compare/index.js");
  return compare(a, b, b.budget ?? a.budget);
}
