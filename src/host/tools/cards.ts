import type { PredictorFile } from "../../shared/predictor.js";
import type { PredictorCard } from "../../shared/results.js";
import { sha256 } from "../../runs/digest.js";
import type { Entry } from "../library.js";

/** What every number of a predictor must carry. */
export function cardOf({ source: { name, text }, content }: Entry<PredictorFile>): PredictorCard {
  const { target, unit, space, resolution, device, form, source, link, fit, title } = content;
  return {
    name: title ?? name,
    ...{ target, unit, space, resolution, device, form, source, link },
    samples: fit?.n ?? null,
    crossValidatedRmse: fit?.crossValidation?.rmse ?? null,
    digest: sha256(text),
  };
}
