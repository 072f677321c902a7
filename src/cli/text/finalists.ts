import { flatterySentence, roundsOf, stoppedSentence } from "../../shared/finalistsText.js";
import type { Finalist, FinalistsResult } from "../../shared/supernet.js";
import { howLines, millions, shareText } from "./evaluate.js";
import { fixed } from "./numbers.js";
import { stagesDrawn } from "./stages.js";
import { table } from "./table.js";

/** Measured finalists as a person reads them: who won, by how much, how sure. */
export function finalistsText(result: FinalistsResult): string {
  const { finalists, supernet, data, precision, budget, space } = result;
  const winner = finalists[0];
  if (winner === undefined) return "";
  const rounds = roundsOf(result).length;
  return [
    `  Measured in ${precision} with the weights of ${supernet.name} on ${data.name}, ${finalists.length} within ${budget} ms${rounds > 1 ? ` in ${rounds} rounds` : ""}:`,
    "",
    ...table([rounds > 1 ? "(round)" : "", "measured %", "behind the first, pp", "predicted %", "95 % interval", "latency", "multiply-adds"], finalists.map((one, place) => rowOf(one, place, rounds > 1))),
    "",
    ...verdictLines(result),
    ...howLines(result, precision === "int8"),
    "",
    "  The first:",
    ...stagesDrawn(winner.architecture, space.stages, null),
    "",
  ].join("\n");
}

function rowOf({ round, measured, behind, predicted, withinInterval, multiplyAdds }: Finalist, place: number, several: boolean): string[] {
  const { accuracy, latency } = predicted;
  const { interval } = accuracy;
  return [
    several ? `${place + 1} (${round})` : String(place + 1),
    shareText(measured),
    behind === null ? "" : `${fixed(behind.value, 2)} (${fixed(behind.interval[0], 2)} to ${fixed(behind.interval[1], 2)})`,
    fixed(accuracy.value, 2),
    interval === null ? "–" : `${fixed(interval[0], 2)} to ${fixed(interval[1], 2)}${withinInterval === true ? "" : " !"}`,
    `${fixed(latency.value, 2)} ms`,
    millions(multiplyAdds),
  ];
}

function verdictLines(result: FinalistsResult): string[] {
  const { finalists, optimumRank, certificate } = result;
  const [winner, ...others] = finalists;
  const tied = others.filter(({ behind }) => behind !== null && behind.interval[0] <= 0).length;
  const sets = winner!.readings.length;
  const optimum = certificate.proved ? "The optimum of the predictors" : "The best that the search found for the predictors";
  return [
    `  ${optimum} came in ${optimumRank === 0 ? "first" : `as number ${optimumRank! + 1}`}.${tied === 0 ? "" : ` ${tied === 1 ? "1 other is" : `${tied} others are`} not measurably worse than the first: the interval of the difference holds 0.`}`,
    `  ${[flatterySentence(result), stoppedSentence(result)].filter(Boolean).join(" ")}`,
    `  Each is the mean of ${sets === 1 ? "1 set" : `${sets} disjoint sets`} of calibration images. ! marks what was measured outside the interval of its prediction.`,
  ];
}
