import { evaluatedSamplesText, precisionOf } from "../../shared/evaluatedSamples.js";
import { predictorText, slug } from "../../shared/profileFiles.js";
import type { Space } from "../../shared/space.js";
import type { EvaluateResult, FinalistsResult } from "../../shared/supernet.js";

/** A file to write: its name, and its text. */
interface TextFile {
  name: string;
  text: string;
}

/** What an evaluation leaves in a person's folder: the accuracy predictor where one was fitted, the samples, and the account of how they were measured. */
export function evaluatedFiles(result: EvaluateResult, space: Space): { predictor: TextFile | null; samples: TextFile; account: TextFile } {
  const { fit, subnets: _, ...facts } = result;
  const stem = `${stemOf(facts)}-${precisionOf(facts)}`;
  const { predictor, ...quality } = fit ?? { predictor: null };
  const account = { ...facts, fit: fit === null ? null : quality };
  return {
    predictor: predictor === null ? null : { name: `${stem}.accuracy.predictor.json`, text: predictorText(predictor) },
    samples: { name: `${stem}.accuracy.samples.csv`, text: evaluatedSamplesText(result, space) },
    account: { name: `${stem}.evaluation.json`, text: `${JSON.stringify(account, null, 2)}\n` },
  };
}

/** What measured winners leave: the accuracy predictor as they corrected it, and the account of them; null where they corrected none. */
export function finalistsFiles(result: FinalistsResult): { predictor: TextFile; account: TextFile } | null {
  const { corrected, space: _, ...account } = result;
  if (corrected === null) return null;
  const stem = `${stemOf(result)}-${result.precision}-corrected`;
  return {
    predictor: { name: `${stem}.accuracy.predictor.json`, text: predictorText(corrected) },
    account: { name: `${stem}.winners.json`, text: `${JSON.stringify(account, null, 2)}\n` },
  };
}

const stemOf = ({ supernet, protocol }: Pick<EvaluateResult, "supernet" | "protocol">): string =>
  `${slug(supernet.name.replace(/\.[^.]+$/, ""))}-${protocol.resolution}px`;
