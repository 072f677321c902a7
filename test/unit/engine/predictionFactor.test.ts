import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deletedResiduals } from "../../../src/engine/diagnostics/influence.js";
import { tCritical } from "../../../src/engine/distributions.js";
import { fitPredictor } from "../../../src/engine/fitPredictor.js";
import { formOf } from "../../../src/engine/forms.js";
import { linkEta } from "../../../src/engine/link.js";
import { predictionFactor } from "../../../src/engine/predictionFactor.js";
import { Predictor } from "../../../src/engine/predictor.js";
import { Random } from "../../../src/engine/random.js";
import { fitLinear, type LinearFit } from "../../../src/engine/regression.js";
import { gap, stagesOf } from "./helpers.js";
import { fitForm, FOXNAS, hasData, predictorOf, publishedSamples, type Sample } from "./published.js";

const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
/** Student's t of three degrees of freedom. */
const heavy = (random: Random): number => normal(random) / Math.sqrt((normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2) / 3);
/** A regression on two columns. */
function drawn(n: number, error: (random: Random) => number, random: Random): { fit: LinearFit; half: (a: number, b: number) => number; miss: () => [number, number, number] } {
  const [a, b] = [0, 1].map(() => new Float64Array(n).map(() => random.unit())) as [Float64Array, Float64Array];
  const fit = fitLinear(["a", "b"], [a, b], a.map((x, i) => 2 + x - b[i]! + error(random)));
  const factor = predictionFactor(fit) ?? 1;
  const half = (x: number, y: number) => {
    const row = [1, x, y];
    const spread = row.reduce((sum, u, i) => sum + row.reduce((part, v, j) => part + u * v * fit.covariance[i]![j]!, 0), 0);
    return factor * tCritical(0.95, fit.dof) * Math.sqrt(fit.residualStdError ** 2 + spread);
  };
  const miss = (): [number, number, number] => {
    const [x, y] = [random.unit(), random.unit()];
    const [i, s, t] = fit.terms.map(({ estimate }) => estimate) as [number, number, number];
    return [x, y, Math.abs(2 + x - y + error(random) - (i + s * x + t * y))];
  };
  return { fit, half, miss };
}
/** Share of new measurements inside the intervals, over many fits. */
function held(error: (random: Random) => number, calibrated: boolean): number {
  const random = Random.seeded(11);
  let inside = 0;
  for (let trial = 0; trial < 400; trial++) {
    const { fit, half, miss } = drawn(150, error, random);
    const factor = calibrated ? 1 : predictionFactor(fit)!;
    for (let k = 0; k < 50; k++) {
      const [x, y, off] = miss();
      if (off <= half(x, y) / factor) inside++;
    }
  }
  return inside / 20_000;
}

describe("the factor of prediction intervals", () => {
  it("is the conformal quantile over Student's t, at least 1 and at most 5", () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 400 }), fc.boolean(), fc.nat(), (n, tails, seed) => {
        const { fit } = drawn(n, tails ? heavy : normal, Random.seeded(seed));
        const sizes = [...deletedResiduals(fit)].map(Math.abs).sort((a, b) => a - b);
        // In whole numbers: 0.95 (n + 1), rounded up.
        const quantile = sizes[Math.floor((19 * (n + 1) + 19) / 20) - 1]!;
        expect(predictionFactor(fit)).toBe(Math.min(5, Math.max(1, quantile / tCritical(0.95, n - 3))));
      }),
      { numRuns: 60 },
    );
  });

  it("makes intervals hold 95 % of new measurements under heavy tails, and hardly widens them under normal ones", () => {
    const uniform = (random: Random) => random.unit();
    const [heavyTails, normalTails, lightTails] = [heavy, normal, uniform].map((error) => held(error, true)) as [number, number, number];
    console.log(`95 % intervals hold ${[heavyTails, normalTails, lightTails].map((share) => (100 * share).toFixed(1)).join(", ")} % under heavy, normal, light tails`);
    expect(heavyTails).toBeGreaterThan(0.945);
    expect(heavyTails).toBeLessThan(0.965);
    expect(normalTails).toBeGreaterThan(0.945);
    expect(normalTails).toBeLessThan(0.965);
    // At least 1: never narrower than normal errors would have it.
    expect(lightTails).toBe(held(uniform, false));
  });

  it("is unknown with fewer than 40 samples or 20 degrees of freedom", () => {
    const random = Random.seeded(3);
    expect(predictionFactor(drawn(39, normal, random).fit)).toBeNull();
    expect(predictionFactor(drawn(40, normal, random).fit)).not.toBeNull();
    const of = (n: number, columns: number) => fitLinear(Array.from({ length: columns }, (_, j) => `x${j}`), Array.from({ length: columns }, () => new Float64Array(n).map(() => random.unit())), new Float64Array(n).map(() => normal(random)));
    expect(predictionFactor(of(60, 39))).not.toBeNull();
    expect(predictionFactor(of(60, 40))).toBeNull();
  });

  it("is bounded where two samples contradict each other about a term of theirs alone, and 1 where there is no error at all", () => {
    const n = 40;
    const x = Float64Array.from({ length: n }, (_, i) => i);
    const pair = Float64Array.from({ length: n }, (_, i) => (i === 7 || i === 8 ? 1 : 0));
    const fit = fitLinear(["x", "pair"], [x, pair], x.map((value, i) => value + (i === 7 ? 50 : 1e-4 * Math.sin(9 * i))));
    expect(Math.abs(deletedResiduals(fit)[7]!)).toBeGreaterThan(1000);
    expect(predictionFactor(fit)).toBe(5);
    expect(predictionFactor({ residuals: new Float64Array(n), leverage: new Float64Array(n).fill(1 / n), dof: n - 1 })).toBe(1);
  });

  it("does not count samples of leverage 1, which have no residual", () => {
    const n = 40;
    const x = Float64Array.from({ length: n }, (_, i) => i);
    const only = Float64Array.from({ length: n }, (_, i) => (i === 4 ? 1 : 0));
    const fit = fitLinear(["x", "only"], [x, only], x.map((value) => value + Math.sin(7 * value)));
    expect(deletedResiduals(fit)[4]).toBe(0);
    expect(predictionFactor(fit)).toBeNull();
  });
});

describe("deleted residuals", () => {
  it("are each sample's distance from the prediction of a predictor without it, in its standard errors of prediction", () => {
    const random = Random.seeded(5);
    const form = { name: "test", target: "accuracy" as const, link: { kind: "saturating" as const, ceiling: 79 }, perStage: ["tot_S", "tot_e_S"] };
    const samples: Sample[] = fc.sample(stagesOf(FOXNAS), { numRuns: 45, seed: 2 }).map((stages) => ({
      stages,
      value: 60 + stages.reduce((sum, { blocks }) => sum + 0.5 * blocks.length, 0) + random.unit(),
    }));
    const { fit, predictionFactor: factor } = fitPredictor(FOXNAS, form, samples, 1);
    expect(factor).toBe(predictionFactor(fit));
    const eta = samples.map(({ value }) => linkEta(form.link, value));
    deletedResiduals(fit).forEach((deleted, i) => {
      const others = new Predictor(FOXNAS, predictorOf(FOXNAS, form, fitForm(FOXNAS, form, samples.filter((_, j) => j !== i))));
      const { stages } = samples[i]!;
      const uncertainty = others.uncertainty!;
      expect(gap(deleted, (eta[i]! - others.eta(stages)) / uncertainty.predictionStdError(uncertainty.row(stages)))).toBeLessThan(1e-7);
    });
  });
});

describe.runIf(hasData)("the factor on the published samples", () => {
  it("widens the latency's intervals, whose errors have heavy tails, and leaves the accuracy's as they are", () => {
    const of = (target: "accuracy" | "latency", name: string) => predictionFactor(fitForm(FOXNAS, formOf(target, name), publishedSamples(target)))!;
    expect(of("accuracy", "depth-log-saturating")).toBe(1);
    expect(of("latency", "sums")).toBeGreaterThan(1.08);
    expect(of("latency", "sums")).toBeLessThan(1.15);
  });
});
