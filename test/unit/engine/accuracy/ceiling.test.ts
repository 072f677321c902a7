import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitWithCeiling, withCeiling } from "../../../../src/engine/accuracy/ceiling.js";
import { balancedSample } from "../../../../src/engine/accuracy/sample.js";
import { designMatrix, predictRow } from "../../../../src/engine/design.js";
import type { Sample } from "../../../../src/engine/fitPredictor.js";
import { formOf, type Form } from "../../../../src/engine/forms.js";
import { linkEta, linkValue } from "../../../../src/engine/link.js";
import { Random } from "../../../../src/engine/random.js";
import { fitLinear } from "../../../../src/engine/regression.js";
import type { Space } from "../../../../src/engine/space.js";
import { csvOf, hasR, runR } from "../r.js";

const stage = (width: number) => ({ width, stride: 2, squeezeExcite: false, depth: [1, 2, 3], expand: [2, 3, 4, 6], kernel: [3, 5, 7] });
const SPACE: Space = { id: "toy", stem: { stride: 2 }, first: { width: 16 }, widthMultiple: 8, stages: [stage(24), stage(40)] };
const FORM: Form = { name: "toy", target: "accuracy", link: { kind: "saturating", ceiling: 79 }, perStage: ["log_tot_S", "avg_log_e_S", "log_k_P_S"] };

/** Accuracies that saturate at a ceiling, with normal-like errors of some size (pp). */
function samplesOf(n: number, ceiling: number, error: number, seed: number): Sample[] {
  const random = Random.seeded(seed);
  return balancedSample(SPACE, n, random).map((stages) => {
    const [a, b] = stages.map(({ blocks }) => ({ depth: blocks.length, kernel: blocks[0]!.kernel })) as [{ depth: number; kernel: number }, { depth: number; kernel: number }];
    const eta = -2.6 + 0.9 * Math.log(a.depth) + 0.7 * Math.log(b.depth) + 0.2 * Math.log(a.kernel) + 0.3 * Math.log(b.kernel);
    return { stages, value: ceiling - Math.exp(-eta) + error * (random.unit() + random.unit() + random.unit() - 1.5) };
  });
}

/** By refitting without each sample. */
function leaveOneOutRmse(samples: readonly Sample[], ceiling: number): number {
  const form = withCeiling(FORM, ceiling);
  const design = designMatrix(SPACE, form, samples);
  const squares = samples.map(({ value }, out) => {
    const others = samples.flatMap((_, row) => (row === out ? [] : [row]));
    const pick = (of: (row: number) => number) => Float64Array.from(others, of);
    const fit = fitLinear(design.names, design.columns.map((column) => pick((row) => column[row]!)), pick((row) => linkEta(form.link, samples[row]!.value)));
    return (linkValue(form.link, predictRow(fit, design, out)) - value) ** 2;
  });
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
}

describe("the fitted ceiling", () => {
  it("is the one whose leave-one-out error, by refitting without each sample, is smallest", () => {
    const samples = samplesOf(40, 90, 0.4, 3);
    const { ceiling, tried, fitting, form } = fitWithCeiling(SPACE, FORM, samples, 1);
    expect(tried).toHaveLength(49);
    for (const { ceiling: at, rmse } of tried.filter((_, i) => i % 6 === 0)) expect(Math.abs(rmse / leaveOneOutRmse(samples, at) - 1)).toBeLessThan(1e-7);
    expect(Math.abs(fitting.leaveOneOutRmse / leaveOneOutRmse(samples, ceiling) - 1)).toBeLessThan(1e-7);
    expect(form.link).toEqual({ kind: "saturating", ceiling });
    expect(tried.every(({ rmse }) => rmse >= fitting.leaveOneOutRmse)).toBe(true);
    // On both sides of the minimum the error rises.
    for (const factor of [0.97, 1.03]) {
      const largest = Math.max(...samples.map(({ value }) => value));
      expect(leaveOneOutRmse(samples, largest + (ceiling - largest) * factor)).toBeGreaterThan(fitting.leaveOneOutRmse);
    }
  });

  it("finds the ceiling that made the values, whatever their scale, also above 100 %", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 130 }), fc.nat(), (ceiling, seed) => {
        const found = fitWithCeiling(SPACE, FORM, samplesOf(30, ceiling, 0, seed), 1);
        expect(Math.abs(found.ceiling - ceiling)).toBeLessThan(0.01);
        expect(found.fitting.leaveOneOutRmse).toBeLessThan(0.001);
      }),
      { numRuns: 8 },
    );
  });

  it("is better than a built-in ceiling where another data set saturates elsewhere", () => {
    const samples = samplesOf(50, 97, 0.4, 5);
    const fixed = fitWithCeiling(SPACE, FORM, samples, 1, 130);
    expect(fixed).toMatchObject({ ceiling: 130, tried: [], form: { link: { ceiling: 130 } } });
    expect(fitWithCeiling(SPACE, FORM, samples, 1).fitting.leaveOneOutRmse).toBeLessThan(fixed.fitting.leaveOneOutRmse);
  });

  it("is that which R's optimize finds over PRESS of lm", { skip: !hasR }, () => {
    const samples = samplesOf(60, 90, 0.5, 8);
    const { columns, names } = designMatrix(SPACE, FORM, samples);
    const csv = csvOf(Object.fromEntries([...names.map((name, j) => [name, columns[j]!] as const), ["acc", samples.map(({ value }) => value)] as const]));
    const r = runR(
      `d <- read.csv("samples.csv"); top <- max(d$acc)
press <- function(c) { m <- lm(-log(c - acc) ~ ${names.join(" + ")}, d); eta <- -log(c - d$acc) - residuals(m) / (1 - hatvalues(m)); sqrt(mean((c - exp(-eta) - d$acc)^2)) }
o <- optimize(function(z) press(top + exp(z)), log(c(0.05, 50)), tol = 1e-8)
out("ceiling", top + exp(o$minimum)); out("rmse", o$objective)`,
      { "samples.csv": csv },
    );
    const { ceiling, fitting } = fitWithCeiling(SPACE, FORM, samples, 1);
    expect(Math.abs(ceiling - r.number("ceiling"))).toBeLessThan(0.01);
    expect(Math.abs(fitting.leaveOneOutRmse / r.number("rmse") - 1)).toBeLessThan(1e-7);
  });

  it("refuses a form without a link, too few samples, and a ceiling that a sample reaches", () => {
    const samples = samplesOf(30, 90, 0.4, 1);
    expect(() => fitWithCeiling(SPACE, formOf("latency", "sums"), samples, 1)).toThrow("form sums of latency has no ceiling");
    expect(() => fitWithCeiling(SPACE, formOf("accuracy", "published"), samples, 1, 80)).toThrow("has no ceiling");
    expect(() => fitWithCeiling(SPACE, FORM, samples.slice(0, 7), 1)).toThrow("too few samples");
    expect(() => fitWithCeiling(SPACE, FORM, samples, 1, samples[4]!.value)).toThrow("a value reaches the ceiling");
  });

  it("stays above samples that are all one value", () => {
    const samples = samplesOf(30, 90, 0.4, 1).map(({ stages }) => ({ stages, value: 95 }));
    const { ceiling, fitting } = fitWithCeiling(SPACE, FORM, samples, 1);
    expect(ceiling).toBe(96);
    expect(fitting.leaveOneOutRmse).toBeLessThan(1e-9);
  });
});
