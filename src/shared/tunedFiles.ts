import { predictorText, slug } from "./profileFiles.js";
import type { TuneResult } from "./tune.js";

/** What a search with measuring leaves in a person's folder: the corrected latency predictor, and the account of what was measured. */
export function tunedFiles(result: TuneResult): Record<"predictor" | "account", { name: string; text: string }> {
  const { predictor, found: _found, space: _space, nearTies: _nearTies, ...account } = result;
  const stem = `${slug(predictor.device ?? "device")}-${predictor.space}-${predictor.resolution}px-corrected`;
  return {
    predictor: { name: `${stem}.latency.predictor.json`, text: predictorText(predictor) },
    account: { name: `${stem}.measured.json`, text: `${JSON.stringify(account, null, 2)}\n` },
  };
}
