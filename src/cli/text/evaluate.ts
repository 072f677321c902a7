import { precisionOf } from "../../shared/evaluatedSamples.js";
import type { AccuracyFit, Evaluated, EvaluateResult, MeasuredAccuracy } from "../../shared/supernet.js";
import { count, fixed } from "./numbers.js";
import { table } from "./table.js";

/** Subnets that are listed one by one; of more, the best. */
const MOST_LISTED = 20;

export const millions = (value: number): string => `${fixed(value / 1e6, value < 1e7 ? 2 : 0)} M`;

/** `77.25 ±1.8`, in %: half the 95 % interval. */
export const shareText = ({ top1 }: MeasuredAccuracy): string => `${fixed(top1.value, 2)} ±${fixed((top1.interval[1] - top1.interval[0]) / 2, 1)}`;

/** An evaluation as a person reads it: what was measured with what, how good the predictor is, the best subnets. */
export function evaluateText(result: EvaluateResult): string {
  const { space, supernet, data, protocol, subnets, fit, precisions } = result;
  const listed = listedOf(result);
  return [
    `FOX-NAS · ${subnets.length} subnets of ${supernet.name} · ${space.id} at ${protocol.resolution} px · ${data.name}`,
    "",
    ...fitLines(fit),
    ...table(...rowsOf(result, listed)),
    ...(listed.length < subnets.length ? [`  The ${listed.length} best of ${subnets.length}.`] : []),
    "",
    ...lossLines(result),
    ...howLines(result, precisions.includes("int8")),
    "",
  ].join("\n");
}

/** All where they are few; else the best by falling accuracy. */
function listedOf({ subnets, precisions }: EvaluateResult): Evaluated[] {
  if (subnets.length <= MOST_LISTED) return subnets;
  const precision = precisionOf({ precisions });
  return [...subnets].sort((a, b) => b[precision]!.top1.value - a[precision]!.top1.value).slice(0, MOST_LISTED);
}

function rowsOf({ precisions, subnets }: EvaluateResult, listed: readonly Evaluated[]): [string[], string[][]] {
  const first = precisionOf({ precisions });
  const top5 = subnets.some((subnet) => subnet[first]!.top5 !== null);
  const predicted = subnets.some((subnet) => subnet.predicted !== null);
  const optional = (there: boolean, cell: string) => (there ? [cell] : []);
  return [
    ["subnet", ...precisions.map((precision) => `${precision} top-1 %`), ...optional(top5, "top-5 %"), ...optional(predicted, "predicted"), "multiply-adds", "parameters"],
    listed.map((subnet) => [
      subnet.name,
      ...precisions.map((precision) => shareText(subnet[precision]!)),
      ...optional(top5, fixed(subnet[first]!.top5?.value ?? NaN, 2)),
      ...optional(predicted, subnet.predicted === null ? "–" : fixed(subnet.predicted, 2)),
      millions(subnet.multiplyAdds),
      millions(subnet.parameters),
    ]),
  ];
}

function fitLines(fit: AccuracyFit | null): string[] {
  if (fit === null) return [];
  const { predictor, leaveOneOut, heldOut, precision } = fit;
  const ceiling = predictor.link === null ? "" : `, ${ceilingText(predictor.link.ceiling)}`;
  const errors = ({ n, rmse, mae, kendallTau, r2 }: AccuracyFit["leaveOneOut"]) => `RMSE ${fixed(rmse, 2)} pp, MAE ${fixed(mae, 2)} pp, Kendall's tau ${fixed(kendallTau, 3)}, R² ${fixed(r2, 3)} (n = ${n})`;
  return [
    `  Predictor of ${precision} accuracy: form ${predictor.form}${ceiling}.`,
    `  Leave-one-out: ${errors(leaveOneOut)}`,
    ...(heldOut === null
      ? ["  Nothing held out: how good it is on subnets that it never saw is not measured."]
      : [
          `  Held out:      ${errors(heldOut)}; ${fixed(100 * heldOut.coverage, 0)} % inside their 95 % intervals`,
          `  Tau of multiply-adds alone ${fixed(heldOut.multiplyAddsTau, 3)}; a perfect predictor would reach ${fixed(heldOut.noiseCeiling, 3)} on so many images.`,
        ]),
    "",
  ];
}

/** Above 100 % a ceiling only says that gains hardly shrink over the accuracies that were seen. */
const ceilingText = (ceiling: number): string => (ceiling <= 100 ? `saturating at ${fixed(ceiling, 1)} % (fitted)` : "hardly saturating (fitted)");

function lossLines({ quantizationLoss: loss }: EvaluateResult): string[] {
  if (loss === null) return [];
  const { mean, worst, worstInterval, n } = loss;
  const range = worstInterval === null ? "" : ` (95 % interval of that one: ${fixed(worstInterval[0], 2)} to ${fixed(worstInterval[1], 2)})`;
  return [`  int8 loses ${fixed(mean, 2)} pp on average and ${fixed(worst, 2)} pp at worst${range}, over ${n} subnets.`];
}

/** How it was measured, and how fast. @param int8 whether ranges were needed */
export function howLines({ protocol, throughput, elapsedMs, data }: Pick<EvaluateResult, "protocol" | "throughput" | "elapsedMs" | "data">, int8: boolean): string[] {
  const { calibrationImages, ranges, validationImages, seed } = protocol;
  const validation = validationImages === null ? "all" : `${count(Math.min(validationImages, data.validation))} of`;
  const { imagesPerSecond, subnetsPerMinute, peakMemoryBytes } = throughput;
  return [
    `  Measured on ${validation} ${count(data.validation)} validation images, batch-norm recalibrated on ${count(calibrationImages)}${int8 ? `, int8 ranges by ${ranges}` : ""}; seed ${seed}.`,
    "  ± is half of a 95 % interval: so many images tell an accuracy no better.",
    `  Took ${fixed(elapsedMs / 1000, 0)} s: ${count(imagesPerSecond)} images a second, ${fixed(subnetsPerMinute, 1)} subnets a minute, at most ${fixed(peakMemoryBytes / 2 ** 20, 0)} MiB.`,
  ];
}
