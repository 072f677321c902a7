import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Diagnostics } from "../../src/shared/diagnostics.js";
import { diagnosticVerdicts, pText } from "../../src/shared/diagnosticsText.js";
import { InputError } from "../../src/shared/errors.js";
import { readPredictor } from "../../src/shared/files/index.js";

const NAME = "foxnas-cpu-256-latency-pi4.predictor.json";
const TEXT = readFileSync(fileURLToPath(new URL(`../../media/predictors/${NAME}`, import.meta.url)), "utf8");
const predictor = readPredictor({ name: NAME, text: TEXT });
const built = predictor.fit!.diagnostics!;
const ACCURACY = { target: "accuracy", unit: "%", form: "published" } as const;
const LATENCY = { target: "latency", unit: "ms", form: "sums" } as const;

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const verdict = (key: keyof ReturnType<typeof diagnosticVerdicts>, changed: Partial<Diagnostics>, card: typeof ACCURACY | typeof LATENCY = LATENCY) => {
  const said = diagnosticVerdicts({ ...built, ...changed }, card)[key];
  return said === null ? null : [said.tone, plain(said.text)];
};
const f = (p: number) => ({ statistic: 1, dof1: 2, dof2: 100, p });
/** Ten tenths that are off by so much, in order; the interval is as wide as given on either side. */
const bins = (residuals: readonly number[], half: number): Diagnostics["bins"] =>
  residuals.map((residual, i) => ({ n: 30, fitted: 70 + i, measured: 70 + i + residual, residual, interval: [residual - half, residual + half], scale: 0.8 }));
/** Quantiles of residuals that are normal but for factors on either side. */
const tails = (low: number, high: number) =>
  [-2.5, -2, -1.9, -1, 0, 1, 1.9, 2, 2.5].map((normal) => ({ normal, observed: normal * (normal < 0 ? low : high) }));

describe("verdicts on a fit", () => {
  it("speak of the form by RESET, and of the tenth that it misses", () => {
    const curve = [-0.3, -0.1, 0, 0.1, 0.1, 0.1, 0.1, 0, -0.1, -0.21];
    expect(verdict("reset", { reset: f(0.314) })).toEqual(["good", "The form fits: no sign of anything systematic left in the residuals (RESET p = 0.31)."]);
    expect(verdict("reset", { reset: f(3.1e-24), bins: bins(curve, 0.05) }, ACCURACY)).toEqual(["warn", "Accuracy saturates: this form overrates the largest tenth by 0.21 pp (RESET p = 3e-24)."]);
    expect(verdict("reset", { reset: f(3.1e-24), bins: bins(curve, 0.05) })).toEqual(["warn", "The form is wrong somewhere: it overrates the largest tenth by 0.21 ms (RESET p = 3e-24)."]);
    expect(verdict("reset", { reset: f(0.01), bins: bins([0.4, ...curve.slice(1, 9), 0], 0.05) })![1]).toContain("it underrates the smallest tenth by 0.4 ms");
    expect(verdict("reset", { reset: f(0.01), bins: bins(curve, 1) })![1]).toContain("no tenth is off by more than 0.3 ms on average");
    expect(verdict("reset", { reset: f(0.01), bins: [] })![0]).toBe("warn");
    expect(verdict("reset", { reset: null })).toBeNull();
  });

  it("do not call a saturating form unsaturated", () => {
    const said = diagnosticVerdicts({ ...built, reset: f(0.001), bins: bins([-1, 0, 0, 0, 0, 0, 0, 0, 0, -1], 0.1) }, { ...ACCURACY, form: "log-saturating" });
    expect(said.reset!.text).not.toContain("Accuracy saturates");
  });

  it("speak of the noise", () => {
    expect(verdict("noise", { breuschPagan: { ...f(0.0012), dof2: null } })).toEqual([
      "warn",
      "The noise is not the same everywhere (Breusch-Pagan p = 0.0012): intervals are too wide where it is small and too narrow where it is large.",
    ]);
    expect(verdict("noise", { breuschPagan: { ...f(0.5), dof2: null } })![0]).toBe("good");
    expect(verdict("noise", { breuschPagan: null })).toBeNull();
  });

  it("speak of tails, each side by itself, and not of those that few samples do not reach", () => {
    expect(verdict("normality", { quantiles: tails(1, 1) })![0]).toBe("good");
    expect(verdict("normality", { quantiles: tails(1.5, 1) })).toEqual(["warn", expect.stringMatching(/^Heavier lower tail .* between −2.9 and 2 standard errors/)]);
    expect(verdict("normality", { quantiles: tails(1.5, 1.5) })![1]).toMatch(/^Heavier tails/);
    expect(verdict("normality", { quantiles: tails(1, 0.7) })).toEqual(["plain", expect.stringMatching(/^Lighter upper tail/)]);
    // 30 samples may be that far off by chance.
    expect(verdict("normality", { quantiles: tails(1.3, 1), bins: bins([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1).map((bin) => ({ ...bin, n: 3 })) })![0]).toBe("good");
    expect(verdict("normality", { quantiles: tails(1, 1).slice(2, 7) })).toBeNull();
  });

  it("speak of collinearity, influence, more samples and intervals", () => {
    expect(verdict("collinearity", { collinearity: [{ term: "tot_24", vif: 151.7 }] })).toEqual(["warn", "Single coefficients mislead: VIF up to 152 (tot_24). Read stages, not terms."]);
    expect(verdict("collinearity", { collinearity: [{ term: "tot_24", vif: 4.94 }] })![0]).toBe("good");
    expect(verdict("collinearity", { collinearity: [] })).toBeNull();
    expect(verdict("leverage", { cook: { above: 1, max: 1.4, maxRow: 6 } })![1]).toMatch(/^Sample 7 alone/);
    expect(verdict("leverage", {})![0]).toBe("good");
    const learning = (...rmse: [number, number]) => ({ learning: [{ n: 200, rmse: rmse[0], deviation: 0.1 }, { n: 240, rmse: 9, deviation: 0.1 }, { n: 270, rmse: rmse[1], deviation: 0.1 }] });
    expect(verdict("learning", learning(1, 0.97))).toEqual(["good", "More samples would help little: from 200 to 270 the error falls by 3 %, to 0.97 ms."]);
    expect(verdict("learning", learning(1, 0.8))).toEqual(["plain", "More samples should help: from 200 to 270 the error falls by 20 %, to 0.8 ms."]);
    expect(verdict("learning", learning(1, 1.1))![1]).toContain("does not fall");
    expect(verdict("learning", { learning: [] })).toBeNull();
    expect(verdict("coverage", { coverage: 0.948 })).toEqual(["good", "95 % intervals held 94.8 % of held-out values."]);
    expect(verdict("coverage", { coverage: 0.9 })![0]).toBe("warn");
    expect(verdict("coverage", { coverage: 0.99 })![0]).toBe("plain");
    expect(verdict("coverage", { coverage: null })).toBeNull();
  });

  it("write p values short", () => {
    expect([0.314, 0.05, 0.00123, 3.14e-24, 0, 1].map(pText)).toEqual(["p = 0.31", "p = 0.05", "p = 0.0012", "p = 3e-24", "p < 1e-300", "p = 1"]);
  });
});

describe("diagnostics of a file", () => {
  it("may be missing, as in files of before", () => {
    const { diagnostics: _, ...fit } = predictor.fit!;
    expect(readPredictor({ name: NAME, text: JSON.stringify({ ...predictor, fit }) }).fit!.diagnostics).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ["a word", "good", "fit.diagnostics"],
    ["a wrong number", { ...built, coverage: "most" }, "fit.diagnostics.coverage"],
    ["a missing field", { ...built, learning: undefined }, "fit.diagnostics.learning"],
    ["a wrong point", { ...built, points: [{ fitted: 1 }] }, "fit.diagnostics.points[0].measured"],
    ["half an interval", { ...built, bins: [{ ...built.bins[0]!, interval: [1] }] }, "fit.diagnostics.bins[0].interval[1]"],
  ])("are refused where they hold %s, by name", (_, diagnostics, field) => {
    const read = () => readPredictor({ name: NAME, text: JSON.stringify({ ...predictor, fit: { ...predictor.fit, diagnostics } }) });
    expect(read).toThrow(InputError);
    expect(read).toThrow(expect.objectContaining({ problem: expect.objectContaining({ field }) as unknown }) as Error);
  });
});
