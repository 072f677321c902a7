import { InputError } from "../../shared/errors.js";
import type { PredictorFile, Target } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import type { Entry, Library } from "../library.js";
import { misfit, type Picked } from "../start/searchWizard.js";

/** What a search or a prediction needs, with what it says. */
export interface Model {
  space: Entry<Space>;
  accuracy: Entry<PredictorFile>;
  latency: Entry<PredictorFile>;
}

/** Ids of what a model wants; a predictor that it leaves out is taken where only one fits. */
export interface Wanted {
  space: string;
  accuracy?: string | undefined;
  latency?: string | undefined;
  /** px; of a config whose predictors are meant. */
  resolution?: number | undefined;
}

/** How a tool names a predictor: a built-in one by its ID, as the command line does; a file by its path; one of a run by `run:ID`. */
export function predictorId({ builtIn, key, source }: Entry<PredictorFile>): string {
  return builtIn ? source.name.replace(/\.predictor\.json$/, "") : key.startsWith("run:") ? key : source.name;
}

/** Finds the space and both predictors that a model names, or the only ones that fit. Throws InputError that lists what there is. */
export async function pickModel(library: Library, wanted: Wanted): Promise<Model> {
  const [spaces, { entries }] = await Promise.all([library.spaces(), library.predictors()]);
  const space = spaces.entries.find(({ content }) => content.id === wanted.space);
  if (space === undefined) throw unknown("space", wanted.space, spaces.entries.map(({ content }) => content.id));
  const accuracy = pickPredictor(entries, "accuracy", wanted.accuracy, { space }, wanted.resolution);
  const latency = pickPredictor(entries, "latency", wanted.latency, { space, accuracy }, wanted.resolution);
  return { space, accuracy, latency };
}

function pickPredictor(all: readonly Entry<PredictorFile>[], target: Target, id: string | undefined, picked: Picked, resolution: number | undefined): Entry<PredictorFile> {
  const ofTarget = all.filter(({ content }) => content.target === target);
  if (id !== undefined) {
    const named = ofTarget.find((entry) => predictorId(entry) === id);
    if (named === undefined) throw unknown(target, id, ofTarget.map(predictorId));
    const wrong = misfit(named.content, target, picked);
    if (wrong !== undefined) throw wrong;
    return named;
  }
  const fitting = ofTarget.filter(({ content }) => misfit(content, target, picked) === undefined && (resolution === undefined || content.resolution === resolution));
  if (fitting.length === 1) return fitting[0]!;
  throw choiceOf(target, fitting, picked.space!.content.id, resolution);
}

function choiceOf(target: Target, fitting: readonly Entry<PredictorFile>[], space: string, resolution: number | undefined): InputError {
  const where = `${space}${resolution === undefined ? "" : ` at ${resolution} px`}`;
  if (fitting.length === 0) {
    return new InputError({
      what: `there is no ${target} predictor for ${where}`,
      field: target,
      next: target === "latency" ? "The person can measure one: FOX-NAS: Profile This Device." : "The person can fit one to samples: FOX-NAS: Fit Predictor from CSV.",
    });
  }
  const list = fitting.map((entry) => `${predictorId(entry)} (${[entry.content.device, `${entry.content.resolution} px`].filter(Boolean).join(", ")})`);
  return new InputError({ what: `several ${target} predictors fit ${where}`, field: target, expected: list.join("; "), next: "Name one of them; ask the person for which device." });
}

function unknown(field: string, found: string, known: readonly string[]): InputError {
  return new InputError({ what: `there is no such ${field === "space" ? "search space" : `${field} predictor`}`, field, found: JSON.stringify(found), expected: known.join(", "), next: "foxnas_spaces lists them." });
}
