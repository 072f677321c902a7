import type { TuneResult } from "../../shared/tune.js";
import { tuneSentences } from "../../shared/tuneText.js";
import { originOfOne } from "./cards.js";
import { estimateLine, fixed } from "./numbers.js";
import { infeasibleText } from "./search.js";
import { stagesDrawn } from "./stages.js";

/** A search whose winners were measured, as a person reads it: predicted and measured side by side. */
export function tuneText(result: TuneResult): string {
  const { space, predicted, architecture, measured, budget, predictors, found, certificate, protocol } = result;
  if (architecture === null || predicted === null || measured === null || protocol === null) return tuneInfeasibleText(result);
  const { optimum, proved, reason } = certificate;
  const device = predictors.latency.device ?? "this device";
  return [
    `FOX-NAS · ${space.id} at ${architecture.resolution} px · budget ${budget} ms · ${device}`,
    "",
    estimateLine("accuracy", predicted.accuracy),
    estimateLine("latency", predicted.latency),
    `${fixed(measured.latencyMs, 2).padStart(8)} ms  latency, measured${measured.confirmed === null ? "" : " in two batches"}; standard error ${fixed(100 * measured.standardError, 1)} %, ${measured.withinInterval ? "in" : "outside"} the interval`,
    "",
    ...tuneSentences(result).map((sentence) => `  ${sentence}`),
    proved && optimum !== null
      ? `  Optimum of the corrected predictors, proved: ${fixed(optimum.accuracy, 2)} % at ${fixed(optimum.latency, 2)} ms.`
      : `  No certificate: ${reason ?? "the optimum could not be proved"}`,
    "",
    ...roundsTable(result),
    "",
    ...stagesDrawn(architecture, space.stages, found?.why ?? null),
    "",
    ...originOfOne(predictors.accuracy),
    ...originOfOne(predictors.latency),
    `  Latency measured on this machine on ${protocol.date.slice(0, 10)}: ${protocol.statistic} of ${protocol.rounds} readings${measured.confirmed === null ? "" : " in each of two batches, of which the mean"} by the ${protocol.clock === "cpu" ? "CPU" : "wall"} clock. Accuracy is predicted.`,
    "",
  ].join("\n");
}

/** Why there is no architecture within the budget, predicted or measured. */
export function tuneInfeasibleText(result: TuneResult): string {
  if (result.measured === null) return infeasibleText(result);
  return `${tuneSentences(result).join(" ")}\n`;
}

function roundsTable({ rounds }: TuneResult): string[] {
  return [
    `  ${"round".padEnd(5)}  ${"accuracy".padStart(8)}  ${"predicted".padStart(10)}  ${"measured".padStart(10)}  difference  once again`,
    ...rounds.flatMap(({ candidates }, round) =>
      candidates.map(({ predicted, measured, confirmed }) => {
        const { value } = predicted.latency;
        const difference = `${fixed(100 * (measured.latencyMs / value - 1), 1)} %`;
        const again = confirmed === null ? "" : `  ${`${fixed(confirmed.latencyMs, 2)} ms`.padStart(10)}`;
        return `  ${String(round + 1).padEnd(5)}  ${`${fixed(predicted.accuracy.value, 2)} %`.padStart(8)}  ${`${fixed(value, 2)} ms`.padStart(10)}  ${`${fixed(measured.latencyMs, 2)} ms`.padStart(10)}  ${difference.padStart(10)}${again}`;
      }),
    ),
  ];
}
