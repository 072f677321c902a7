import type { TuneResult } from "../../shared/tune.js";
import type { Verified } from "../../shared/verified.js";
import { machineText } from "../format.js";

/** The winner of a search with measuring as a verified architecture; none where nothing was measured. */
export function verifiedOfTune({ architecture, measured, device, protocol, rounds, confirmations }: TuneResult): Verified[] {
  if (architecture === null || measured === null || device === null || protocol === null) return [];
  const { latencyMs, rawMs, standardError, level: factor } = measured;
  const batches = [...rounds, ...confirmations];
  return [
    {
      ...{ architecture, latencyMs, rawMs, standardError, device, protocol },
      // The worker refuses a predictor of another machine or setting.
      relation: "same",
      level: { factor, disagreement: Math.max(...batches.map(({ level }) => level.disagreement)) },
      suspect: batches.some(({ suspect }) => suspect) ? "the references of a batch disagree" : null,
      machine: machineText(device, protocol),
    },
  ];
}
