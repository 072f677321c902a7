import { ModelError, type Path } from "../../engine/errors.js";
import { Predictor } from "../../engine/predictor.js";
import { predictorCard } from "../../shared/cards.js";
import type { Diagnostics } from "../../shared/diagnostics.js";
import { inputErrorAt, readPredictorOf, readSpace } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { Source } from "../../shared/messages.js";
import type { Target } from "../../shared/predictor.js";
import type { PredictorCard } from "../../shared/results.js";
import type { Space } from "../../shared/space.js";
import { toldProblem } from "../../shared/toldProblem.js";
import { sha256 } from "../../runs/digest.js";

export interface PredictorSources {
  readonly space: Source;
  readonly accuracy: Source;
  readonly latency: Source;
}

/** A space with both predictors on it, and what is to be said about each. */
export interface Inputs {
  readonly space: Space;
  readonly accuracy: Predictor;
  readonly latency: Predictor;
  readonly diagnostics: { readonly accuracy: Diagnostics | null; readonly latency: Diagnostics | null };
  readonly cards: { readonly accuracy: PredictorCard; readonly latency: PredictorCard };
  /** px, of both predictors. */
  readonly resolution: number;
}

/** Reads and checks the files of a search. @throws InputError */
export function readInputs(sources: PredictorSources): Inputs {
  const space = readSpace(sources.space);
  const read = (target: Target) => {
    const source = sources[target];
    const file = readPredictorOf(source, target);
    return { file, predictor: placing(source, () => new Predictor(space, file)), card: predictorCard(source, file, sha256(source.text)) };
  };
  const accuracy = read("accuracy");
  const latency = read("latency");
  if (accuracy.file.resolution !== latency.file.resolution) {
    throw inputErrorAt(sources.latency, ["resolution"], {
      what: t("the predictors are for different resolutions"),
      found: `${latency.file.resolution} px`,
      expected: t("{0} px, as in {1}", accuracy.file.resolution, sources.accuracy.name),
      next: t("Pick two predictors of the same resolution."),
    });
  }
  return {
    space,
    accuracy: accuracy.predictor,
    latency: latency.predictor,
    diagnostics: { accuracy: accuracy.file.fit?.diagnostics ?? null, latency: latency.file.fit?.diagnostics ?? null },
    cards: { accuracy: accuracy.card, latency: latency.card },
    resolution: accuracy.file.resolution,
  };
}

/** Adds file, line and field to what the engine refuses. */
export function placing<T>(source: Source, work: () => T, pathOf: (path: Path) => Path = (path) => path): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw inputErrorAt(source, pathOf(error.path), toldProblem(error));
  }
}
