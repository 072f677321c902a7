import { inverse, Matrix, solve } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { randomArchitecture, type Stage } from "../../../../src/engine/architecture.js";
import { blockCounts, blockTerms } from "../../../../src/engine/device/blockTerms.js";
import { tableSum } from "../../../../src/engine/device/blockTable.js";
import { fitTable, type TableFit } from "../../../../src/engine/device/tableFit.js";
import type { Sample } from "../../../../src/engine/fitPredictor.js";
import { paretoFront } from "../../../../src/engine/front.js";
import { tabulate } from "../../../../src/engine/landscape.js";
import { Predictor, type PredictorData } from "../../../../src/engine/predictor.js";
import { INTERCEPT } from "../../../../src/engine/regression.js";
import { Random } from "../../../../src/engine/random.js";
import { updatePredictor } from "../../../../src/engine/update.js";
import { FOXNAS } from "../../files/examples.js";

const TERMS = blockTerms(FOXNAS);
const random = Random.seeded(11);
/** Two uniform numbers make no normal one, but one of mean 0 and variance 1. */
const noise = () => (random.unit() + random.unit() - 1) * Math.sqrt(6);
const TABLE = Float64Array.from(TERMS, ({ stage, expand, kernel, transition }) => 0.05 + (expand * (1 + kernel ** 2 / 30) * (transition ? 1.3 : 1)) / (6 + stage * 3));
const architectures = (n: number) => Array.from({ length: n }, () => randomArchitecture(FOXNAS, 224, random).stages);
const sumOf = (stages: readonly Stage[]) => tableSum(TERMS, TABLE, stages);
const blocksOf = (stages: readonly Stage[]) => stages.reduce((sum, { blocks }) => sum + blocks.length, 0);

/** A machine whose blocks differ from their traces by 5 %, and whose timings err by 0.02 ms. */
const TRUE_TABLE = TABLE.map((ms) => ms * (1 + 0.05 * noise()));
const timed = (stages: readonly Stage[]) => 0.7 + 1.1 * tableSum(TERMS, TRUE_TABLE, stages) + 0.03 * blocksOf(stages);
const samples = (n: number, error: number): Sample[] => architectures(n).map((stages) => ({ stages, value: timed(stages) + error * noise() }));

const valueOf = ({ intercept, coefficients }: TableFit, stages: readonly Stage[]) =>
  blockCounts(TERMS, stages).reduce((sum, count, i) => sum + count * coefficients[i]!, intercept);
const mape = (predicted: readonly number[], actual: readonly number[]) =>
  actual.reduce((sum, value, i) => sum + Math.abs(predicted[i]! / value - 1), 0) / actual.length;

/** Henderson's mixed model equations (1950) at the fit's own ratio: another way to the same estimates and variances. */
function henderson(fit: TableFit, sampled: readonly Sample[], at: readonly Stage[]) {
  const ratio = (fit.tableError / fit.residualStdError) ** 2;
  const z = new Matrix(sampled.map(({ stages }) => [1, sumOf(stages), blocksOf(stages)]));
  const x = new Matrix(sampled.map(({ stages }) => [...blockCounts(TERMS, stages)]));
  const y = Matrix.columnVector(sampled.map(({ value }) => value));
  const both = new Matrix(z.to2DArray().map((row, i) => [...row, ...x.getRow(i)]));
  const left = both.transpose().mmul(both);
  TABLE.forEach((ms, i) => left.set(3 + i, 3 + i, left.get(3 + i, 3 + i) + 1 / (ratio * ms * ms)));
  const solution = solve(left, both.transpose().mmul(y));
  const row = new Matrix([[1, sumOf(at), blocksOf(at), ...blockCounts(TERMS, at)]]);
  const variance = row.mmul(inverse(left)).mmul(row.transpose()).get(0, 0) * fit.residualStdError ** 2;
  return { value: row.mmul(solution).get(0, 0), variance };
}

function predictorOf(fit: TableFit): PredictorData & { fit: NonNullable<PredictorData["fit"]> } {
  const names = TERMS.map(({ name }) => name);
  return {
    target: "latency",
    unit: "ms",
    space: FOXNAS.id,
    intercept: fit.intercept,
    coefficients: Object.fromEntries(names.map((name, i) => [name, fit.coefficients[i]!])),
    link: null,
    fit: {
      dof: fit.dof,
      residualStdError: fit.residualStdError,
      terms: [INTERCEPT, ...names],
      covariance: fit.covariance.flatMap((row, i) => [...row.slice(0, i + 1)]),
      maxLeverage: fit.maxLeverage,
    },
  };
}

describe("the calibrated block table", () => {
  it("is exact where the traces are true: a, b and c are found from eight timings", () => {
    const exact = architectures(8).map((stages) => ({ stages, value: 0.4 + 1.2 * sumOf(stages) + 0.05 * blocksOf(stages) }));
    const fit = fitTable(TERMS, TABLE, exact);
    for (const stages of architectures(20)) expect(valueOf(fit, stages)).toBeCloseTo(0.4 + 1.2 * sumOf(stages) + 0.05 * blocksOf(stages), 6);
  });

  it("corrects traces that err, the better the more it has timed, and knows by how much they err", () => {
    const held = architectures(200);
    const errors = [10, 40, 120].map((n) => {
      const fit = fitTable(TERMS, TABLE, samples(n, 0.02));
      return mape(held.map((stages) => valueOf(fit, stages)), held.map(timed));
    });
    expect(errors[1]).toBeLessThan(errors[0]!);
    expect(errors[2]).toBeLessThan(0.6 * errors[0]!);
    const { tableError } = fitTable(TERMS, TABLE, samples(200, 0.02));
    // 5 % of entries that count 1.1 times.
    expect(tableError).toBeGreaterThan(0.035);
    expect(tableError).toBeLessThan(0.08);
  });

  it("equals the solution of Henderson's mixed model equations, value and variance", () => {
    const sampled = samples(30, 0.05);
    const fit = fitTable(TERMS, TABLE, sampled);
    expect(fit.tableError).toBeGreaterThan(0);
    const predictor = new Predictor(FOXNAS, predictorOf(fit));
    for (const stages of architectures(20)) {
      const { value, variance } = henderson(fit, sampled, stages);
      expect(predictor.value(stages)).toBeCloseTo(value, 7);
      const uncertainty = predictor.uncertainty!;
      expect(uncertainty.leverage(uncertainty.row(stages)) * fit.residualStdError ** 2).toBeCloseTo(variance, 8);
    }
  });

  it("tells the held-out error as a fit without each sample has it", () => {
    const sampled = samples(15, 0.05);
    const fit = fitTable(TERMS, TABLE, sampled);
    sampled.forEach(({ stages }, i) => {
      const others = sampled.filter((_, j) => j !== i);
      expect(fit.heldOut[i]).toBeCloseTo(henderson(fit, others, stages).value, 6);
    });
    expect(fit.dof).toBe(12);
  });

  it("covers about 95 % of new timings with its intervals", () => {
    let inside = 0;
    const trials = 40;
    for (let trial = 0; trial < trials; trial++) {
      const predictor = new Predictor(FOXNAS, predictorOf(fitTable(TERMS, TABLE, samples(24, 0.05))));
      for (const { stages, value } of samples(25, 0.05)) {
        const [low, high] = predictor.estimate(stages).interval!;
        if (value >= low && value <= high) inside++;
      }
    }
    expect(inside / (trials * 25)).toBeGreaterThan(0.9);
    expect(inside / (trials * 25)).toBeLessThan(0.99);
  });

  it("does not believe that timings err by less than it was told, however well a few of them fit", () => {
    const few = samples(7, 0.02);
    const fit = fitTable(TERMS, TABLE, few, 0.2);
    expect(fit.residualStdError).toBeGreaterThanOrEqual(0.2);
    const free = fitTable(TERMS, TABLE, few);
    expect(fitTable(TERMS, TABLE, few, free.residualStdError / 2)).toEqual(free);
    const predictor = new Predictor(FOXNAS, predictorOf(fit));
    const [low, high] = predictor.estimate(few[0]!.stages).interval!;
    expect(high - low).toBeGreaterThan(4 * 0.2);
  });

  it("stays additive over stages: the exact front of the whole per-block space is there", () => {
    const latency = new Predictor(FOXNAS, predictorOf(fitTable(TERMS, TABLE, samples(20, 0.02))));
    const coefficients = Object.fromEntries(FOXNAS.stages.flatMap(({ width }) => [[`tot_${width}`, 0.3], [`tot_e_${width}`, 0.05], [`tot_k_${width}`, 0.03]]));
    const accuracy = new Predictor(FOXNAS, { target: "accuracy", unit: "%", space: FOXNAS.id, intercept: 60, coefficients, link: null });
    const landscape = tabulate(FOXNAS, accuracy, latency);
    const front = paretoFront(landscape);
    expect(front.states.length).toBeGreaterThan(20);
    front.states.forEach((state, i) => {
      const { stages } = landscape.architecture(state, 224);
      expect(latency.value(stages)).toBe(front.latency[i]);
    });
  });

  it("refuses fewer than six timings", () => {
    expect(() => fitTable(TERMS, TABLE, samples(5, 0.02))).toThrow("too few timed architectures");
  });
});

describe("a predictor corrected by further measurements", () => {
  const before = predictorOf(fitTable(TERMS, TABLE, samples(20, 0.05)));
  const [one, two] = [samples(3, 0.05), samples(4, 0.05)];
  const coefficients = (data: PredictorData) => [data.intercept, ...Object.values(data.coefficients)];

  it("equals the posterior of Bayesian linear regression, written with precisions", () => {
    const size = before.fit.terms.length;
    const full = new Matrix(size, size);
    let at = 0;
    for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) full.set(i, j, full.set(j, i, before.fit.covariance[at++]!).get(j, i));
    const x = new Matrix(one.map(({ stages }) => [1, ...blockCounts(TERMS, stages)]));
    // The prior is nearly singular, so the identity of precisions is checked without inverting it.
    const after = updatePredictor(FOXNAS, before, one);
    const beta = Matrix.columnVector(coefficients(before));
    const gain = full.mmul(x.transpose()).div(before.fit.residualStdError ** 2);
    const residual = Matrix.columnVector(one.map(({ value }) => value)).sub(x.mmul(Matrix.columnVector(coefficients(after))));
    const expected = Matrix.add(beta, gain.mmul(residual)).to1DArray();
    coefficients(after).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 8));
  });

  it("does not depend on the order or the grouping of the measurements", () => {
    const together = updatePredictor(FOXNAS, before, [...one, ...two]);
    const apart = updatePredictor(FOXNAS, updatePredictor(FOXNAS, before, two), one);
    coefficients(together).forEach((value, i) => expect(value).toBeCloseTo(coefficients(apart)[i]!, 8));
    together.fit.covariance.forEach((value, i) => expect(value).toBeCloseTo(apart.fit.covariance[i]!, 8));
  });

  it("comes nearer to what was measured, and is surer of it", () => {
    const after = updatePredictor(FOXNAS, before, one);
    for (const { stages, value } of one) {
      const [old, corrected] = [new Predictor(FOXNAS, before).estimate(stages), new Predictor(FOXNAS, after).estimate(stages)];
      expect(corrected.interval![1] - corrected.interval![0]).toBeLessThan(old.interval![1] - old.interval![0]);
      expect(value).toBeGreaterThan(0);
    }
    const error = (data: PredictorData) => one.reduce((sum, { stages, value }) => sum + (new Predictor(FOXNAS, data).value(stages) - value) ** 2, 0);
    expect(error(after)).toBeLessThan(error(before));
  });

  it("keeps the factor of its intervals, or has none", () => {
    const withFactor = { ...before, fit: { ...before.fit, predictionFactor: 1.2 } };
    expect(updatePredictor(FOXNAS, withFactor, one).fit.predictionFactor).toBe(1.2);
    expect(updatePredictor(FOXNAS, before, one).fit).not.toHaveProperty("predictionFactor");
    expect(coefficients(updatePredictor(FOXNAS, withFactor, one))).toEqual(coefficients(updatePredictor(FOXNAS, before, one)));
  });

  it("needs a covariance", () => {
    const { fit: _fit, ...bare } = before;
    expect(() => updatePredictor(FOXNAS, bare as PredictorData, one)).toThrow("cannot be corrected");
  });
});
