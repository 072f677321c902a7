import { ModelError } from "../../engine/errors.js";
import { AdditiveModel } from "../../engine/explain/additive.js";
import { Explainer } from "../../engine/explain/explainer.js";
import { Predictor } from "../../engine/predictor.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import type { Both, Says } from "../types.js";

/** A predictor on its space, ready to predict and, where it is additive over stages, to explain. */
export interface Model {
  readonly predictor: Predictor;
  /** Null where it has terms across stages, or a stage has too many choices to take apart. */
  readonly explained: { readonly explainer: Explainer; readonly additive: AdditiveModel } | null;
  readonly says: Says;
}

/** Why a predictor cannot be used, in the engine's words. */
export interface Refusal {
  readonly refused: string;
}

/** Models of the last files; more than people have open at once. */
const KEPT = 32;

/**
 * What is heavy about predictors, made once for the contents of their files: keep one for the whole session. Files read
 * again have other objects of the same contents, and find the same model.
 */
export class Models {
  private readonly byFile = new WeakMap<Space, WeakMap<PredictorFile, Model | Refusal>>();
  private readonly byContents = new Map<string, Model | Refusal>();

  of(space: Space, file: PredictorFile): Model | Refusal {
    const files = this.byFile.get(space) ?? new WeakMap<PredictorFile, Model | Refusal>();
    this.byFile.set(space, files);
    const known = files.get(file) ?? this.ofContents(space, file);
    files.set(file, known);
    return known;
  }

  /** Both models; null unless both can be used. */
  both(space: Space, files: Both<PredictorFile>): Both<Model> | null {
    const accuracy = this.of(space, files.accuracy);
    const latency = this.of(space, files.latency);
    return "refused" in accuracy || "refused" in latency ? null : { accuracy, latency };
  }

  private ofContents(space: Space, file: PredictorFile): Model | Refusal {
    const key = JSON.stringify([space, file]);
    const model = this.byContents.get(key) ?? modelOf(space, file);
    // The one used last is kept longest.
    this.byContents.delete(key);
    this.byContents.set(key, model);
    if (this.byContents.size > KEPT) this.byContents.delete(this.byContents.keys().next().value!);
    return model;
  }
}

function modelOf(space: Space, file: PredictorFile): Model | Refusal {
  try {
    const predictor = new Predictor(space, file);
    return { predictor, explained: predictor.additive ? explainedOf(predictor) : null, says: saysOf(file) };
  } catch (error) {
    if (error instanceof ModelError) return { refused: [error.what, error.found].filter((part) => part !== undefined).join(": ") };
    throw error;
  }
}

function explainedOf(predictor: Predictor): Model["explained"] {
  try {
    return { explainer: new Explainer(predictor), additive: new AdditiveModel(predictor) };
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

function saysOf({ title, source, device, resolution }: PredictorFile): Says {
  return { title: title ?? source, device, resolution, source };
}
