import type { Explanation, Move, TargetExplanation } from "../../shared/explanation.js";
import { wrapped } from "./wrapped.js";
import { differenceUnit, fixed, latencyDecimals, signed } from "./numbers.js";

/** Moves shown of each verdict; the JSON has all. */
const SHOWN = 4;

/** An explanation as a person reads it in a terminal: the account, the two waterfalls, the moves, what matters in general. */
export function explainText(explanation: Explanation, config: string): string {
  const { accuracy, latency, moves, space, architecture } = explanation;
  return [
    `FOX-NAS · ${config} · ${space.id} at ${architecture.resolution} px`,
    "",
    ...explanation.text.split("\n").flatMap((line) => wrapped(line.replaceAll("**", ""))),
    "",
    ...(accuracy === null || latency === null ? ["  A predictor has terms across stages, so no stage has a share of its own."] : waterfallLines(accuracy, latency)),
    "",
    ...moveLines(moves, latency === null ? 1 : latencyDecimals(latency.baseline)),
    "",
    ...importanceLines(explanation),
    "",
  ].join("\n");
}

/** From the space's mean to the prediction, a line for each stage. */
function waterfallLines(accuracy: TargetExplanation, latency: TargetExplanation): string[] {
  const cell = (value: number, interval: [number, number] | null, digits: number) =>
    `${signed(value, digits).padStart(8)}  ${(interval === null ? "" : `${signed(interval[0], digits)} to ${signed(interval[1], digits)}`).padEnd(18)}`;
  const row = (name: string, first: string, second: string) => `  ${name.padEnd(16)} ${first} ${second}`.trimEnd();
  const decimals = latencyDecimals(latency.baseline);
  return [
    row("", "accuracy, pp, 95 % interval ", "latency, ms, 95 % interval"),
    row("space's mean", `${fixed(accuracy.baseline, 2).padStart(8)}${" ".repeat(20)}`, fixed(latency.baseline, decimals).padStart(8)),
    ...accuracy.contributions.map((stage, i) => {
      const time = latency.contributions[i]!;
      return row(`stage ${stage.stage}`, cell(stage.value, stage.interval, 2), cell(time.value, time.interval, decimals));
    }),
    row("this architecture", `${fixed(accuracy.value, 2).padStart(7)}${" ".repeat(20)}`, fixed(latency.value, decimals).padStart(8)),
  ];
}

function moveLines(moves: readonly Move[], decimals: number): string[] {
  const verdicts = ["better", "equal within error", "worse", "over budget"] as const;
  const lines = verdicts.flatMap((verdict) => {
    const of = moves.filter((move) => move.verdict === verdict).sort((a, b) => b.accuracy.value - a.accuracy.value);
    if (of.length === 0) return [];
    return [
      `  ${verdict} (${of.length})`,
      ...of.slice(0, SHOWN).map(
        ({ change, accuracy, latency }) => `    ${change.padEnd(44)} ${signed(accuracy.value, 2).padStart(6)} ${differenceUnit("accuracy")} ${signed(latency.value, decimals).padStart(7)} ms`,
      ),
      ...(of.length > SHOWN ? [`    and ${of.length - SHOWN} more`] : []),
    ];
  });
  return [`  Single moves, ${moves.length} in all:`, ...lines];
}

function importanceLines({ importance: { accuracy, latency } }: Explanation): string[] {
  if (accuracy.length === 0 || latency.length === 0) return [];
  const share = (value: number) => `${fixed(100 * value, 1)} %`.padStart(8);
  return [
    "  Shares of the variance over the whole space:",
    `  ${"".padEnd(16)} accuracy   latency`,
    ...accuracy.map(({ stage, share: of }, i) => `  ${`stage ${stage}`.padEnd(16)} ${share(of)}  ${share(latency[i]!.share)}`),
  ];
}
