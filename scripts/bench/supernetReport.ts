import { roundsOf } from "../../src/shared/finalistsText.js";
import type { Throughput } from "../../src/shared/supernet.js";
import { summarize } from "./statistics.js";
import type { Design, Judged, SupernetResults } from "./supernetBench.js";
import type { Split } from "./supernetSplits.js";
import { fixed, MiB, table, whole } from "./table.js";

/** What the project asks of itself; losses in pp. */
const WANTED = { tau: 0.7, margin: 0.2, rmse: 1.8, calibrationTau: 0.9, loss: 1, memory: 1.5 * 2 ** 30 };

export function explainSupernet(): void {
  console.log(`  The sample "shapes" (media/samples): 80 subnets to fit to and 40 held out, each recalibrated on 500 images and measured
  on 2,000. The winners are measured with three disjoint calibration sets, five a round; after each round the predictor is
  corrected, four rounds at most. Their budget is in million multiply-adds, the same on every machine. Then the space
  foxnas-cpu at 224 px with random weights: only its speed and size mean anything.`);
}

const speed = ({ imagesPerSecond, subnetsPerMinute, peakMemoryBytes }: Throughput): string =>
  `${whole(imagesPerSecond)} images a second, ${fixed(subnetsPerMinute, 1)} subnets a minute, ${MiB(peakMemoryBytes)} at most`;

export function printDesign({ seed, heldOut, calibrationTau, quantizationLoss, throughput, elapsedMs }: Design): void {
  const { n, kendallTau, multiplyAddsTau, noiseCeiling, rmse, mae, r2, coverage } = heldOut;
  console.log(`
  Seed ${seed}, ${n} held-out subnets:
  Kendall's tau       ${fixed(kendallTau, 3)}; of multiply-adds alone ${fixed(multiplyAddsTau, 3)}; a perfect predictor ${fixed(noiseCeiling, 3)}; two calibration sets ${fixed(calibrationTau, 3)}
  errors              RMSE ${fixed(rmse, 2)} pp, MAE ${fixed(mae, 2)} pp, R2 ${fixed(r2, 3)}; ${fixed(100 * coverage, 0)} % inside their 95 % intervals
  int8                loses ${fixed(quantizationLoss.mean, 2)} pp on average, ${fixed(quantizationLoss.worst, 2)} at worst (${rangeText(quantizationLoss.worstInterval)} by itself; ${quantizationLoss.n} subnets)
  took                ${fixed(elapsedMs / 1000, 0)} s: ${speed(throughput)}`);
}

const rangeText = (interval: readonly [number, number] | null): string => (interval === null ? "-" : `${fixed(interval[0], 2)} to ${fixed(interval[1], 2)}`);

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const marginOf = ({ tau, multiplyAddsTau }: Split): number => tau - multiplyAddsTau;

export function printSplits(splits: readonly Split[]): void {
  const line = (name: string, values: readonly number[], least: number) => {
    const { min, max } = summarize(values)!;
    const share = (100 * values.filter((value) => value >= least).length) / values.length;
    return [name, fixed(meanOf(values), 3), fixed(min, 3), fixed(max, 3), `${fixed(share, 0)} % >= ${fixed(least, 2)}`];
  };
  const rows = [line("tau", splits.map(({ tau }) => tau), WANTED.tau), line("above multiply-adds", splits.map(marginOf), WANTED.margin)];
  console.log(`\n  All measured subnets split anew, ${splits.length} times, and fitted:\n${table(["", "mean", "least", "most", "share"], rows)}`);
}

export function printFinalists(all: readonly Judged[]): void {
  const rows = all.map(({ budget, finalists, stopped }) => {
    const rounds = roundsOf({ finalists });
    const winner = finalists[0]!;
    const { value, interval } = winner.predicted.accuracy;
    const range = rangeText(interval);
    const off = rounds.map(({ gap }) => fixed(gap, 2)).join(", ");
    return [fixed(budget, 2), fixed(rounds[0]!.best, 2), fixed(winner.measured.top1.value, 2), String(winner.round), fixed(value, 2), range, winner.withinInterval === true ? "yes" : "NO", off, stopped];
  });
  console.log(`\n${table(["budget, M", "best of round 1, %", "winner, %", "round", "predicted %", "95 % interval", "inside", "off in each round, pp", "ended"], rows)}`);
}

export function printThroughput({ throughput, subnets }: SupernetResults["large"]): void {
  console.log(`\n  foxnas-cpu at 224 px, ${subnets} subnets in fp32 and int8, the largest among them: ${speed(throughput)}`);
}

/** Against what the project asks of itself. */
export function printVerdicts({ designs, splits, large, loadAverage }: SupernetResults): void {
  const rows: [string, string, string, boolean][] = designs.flatMap(({ seed, heldOut, calibrationTau, quantizationLoss, finalists }) => {
    const margin = heldOut.kendallTau - heldOut.multiplyAddsTau;
    const inside = finalists.filter(({ finalists: [winner] }) => winner!.withinInterval === true).length;
    return [
      [`seed ${seed}: tau on held-out subnets`, fixed(heldOut.kendallTau, 3), `>= ${WANTED.tau}`, heldOut.kendallTau >= WANTED.tau],
      [`seed ${seed}: above multiply-adds alone`, fixed(margin, 3), `>= ${WANTED.margin}`, margin >= WANTED.margin],
      [`seed ${seed}: RMSE`, `${fixed(heldOut.rmse, 2)} pp`, `<= ${WANTED.rmse} pp`, heldOut.rmse <= WANTED.rmse],
      [`seed ${seed}: tau of two calibration sets`, fixed(calibrationTau, 3), `>= ${WANTED.calibrationTau}`, calibrationTau >= WANTED.calibrationTau],
      [`seed ${seed}: int8 loses on average`, `${fixed(quantizationLoss.mean, 2)} pp`, `<= ${WANTED.loss} pp`, quantizationLoss.mean <= WANTED.loss],
      [`seed ${seed}: int8 loses at worst`, `${fixed(quantizationLoss.worst, 2)} pp`, `<= ${WANTED.loss} pp`, quantizationLoss.worst <= WANTED.loss],
      [`seed ${seed}: winners inside their intervals`, `${inside} of ${finalists.length}`, "all", inside === finalists.length],
    ];
  });
  const [tau, margin] = [meanOf(splits.map((split) => split.tau)), meanOf(splits.map(marginOf))];
  rows.push(["random splits: tau on average", fixed(tau, 3), `>= ${WANTED.tau}`, tau >= WANTED.tau]);
  rows.push(["random splits: above multiply-adds on average", fixed(margin, 3), `>= ${WANTED.margin}`, margin >= WANTED.margin]);
  const { peakMemoryBytes } = large.throughput;
  rows.push(["foxnas-cpu at 224 px: peak memory", MiB(peakMemoryBytes), `<= ${MiB(WANTED.memory)}`, peakMemoryBytes <= WANTED.memory]);
  console.log(`\n${table(["verdict", "found", "wanted", ""], rows.map(([what, value, wanted, met]) => [what, value, wanted, met ? "met" : "MISSED"]))}`);
  console.log(`  Load average at the end: ${loadAverage.map((value) => fixed(value, 2)).join(", ")}; this benchmark alone makes 1.`);
}
