import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostics } from "../../src/shared/diagnostics.js";
import { readPredictor } from "../../src/shared/files/index.js";
import type { FitResult, FrontResult } from "../../src/shared/results.js";
import { cli, DATA, file, hasData, json } from "./program.js";

const SAMPLES = join(DATA, "foxnas-cpu-256.csv");

describe.runIf(hasData)("fit on the published samples", () => {
  it.each([
    ["accuracy", 40, 0.9472, 0.9391],
    ["latency", 35, 0.9901, 0.9888],
  ] as const)("gives R's numbers for the published form of %s", async (target, terms, r2, adjusted) => {
    const out = `${target}.predictor.json`;
    const args = ["--samples", SAMPLES, "--space", "foxnas-cpu", "--target", target, "--form", "published", "--device", "Raspberry Pi 4", "--resolution", "256", "--out", out];
    const fit = await json<FitResult & { diagnostics: Diagnostics }>(0, "fit", ...args);
    expect(fit.n).toBe(300);
    expect(fit.terms).toHaveLength(terms + 1);
    expect(fit.terms[0]!.name).toBe("(Intercept)");
    expect(fit.dof).toBe(300 - terms - 1);
    expect(fit.r2).toBeCloseTo(r2, 4);
    expect(fit.adjustedR2).toBeCloseTo(adjusted, 4);
    expect(fit.crossValidation.rmse).toBeGreaterThan(0);
    const predictor = readPredictor({ name: out, text: readFileSync(file(out), "utf8") });
    expect(predictor).toMatchObject({ target, device: "Raspberry Pi 4", resolution: 256, form: "published" });
    expect(predictor.intercept).toBe(fit.terms[0]!.estimate);
    expect(predictor.fit!.diagnostics!.points).toHaveLength(300);
    // Both published forms leave residuals of heavier tails than normal.
    expect(predictor.fit!.predictionFactor).toBeGreaterThan(1);
    expect(predictor.fit!.diagnostics).toEqual(fit.diagnostics);

    const { code, stdout } = await cli("fit", ...args);
    expect(code).toBe(0);
    for (const part of [`R² ${r2}`, "(Intercept)", "Raspberry Pi 4", "256 px", "Cross-validated", "Is it any good?", "(RESET p = ", "Read stages, not terms."]) expect(stdout).toContain(part);
  });

  it("gives predictors that a search takes", async () => {
    const front = await json<FrontResult>(0, "front", "--space", "foxnas-cpu", "--accuracy", "accuracy.predictor.json", "--latency", "latency.predictor.json");
    expect(front.points.length).toBeGreaterThan(10);
  });

  it("names line and column of a wrong cell, the missing column, and the forms there are", async () => {
    const lines = readFileSync(SAMPLES, "utf8").split("\n");
    writeFileSync(file("word.csv"), [...lines.slice(0, 4), lines[4]!.replace(/^(\d+,)[\d.]+/, "$1fast")].join("\n"));
    const fit = (samples: string, form = "published") => cli("fit", "--samples", samples, "--space", "foxnas-cpu", "--target", "accuracy", "--form", form);
    const word = await fit("word.csv");
    expect(word.code).toBe(2);
    expect(word.stderr).toContain('word.csv:5: column "acc": this is not a number (found "fast"');
    writeFileSync(file("missing.csv"), lines.join("\n").replace("tot_e_24_40", "renamed"));
    const missing = await fit("missing.csv");
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('missing.csv:1: column "tot_e_24_40": the column is missing');
    const unknown = await fit(SAMPLES, "cubic");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("published");
  });

  it("fits the ceiling where asked to, takes a given one as it is, and refuses what is none", async () => {
    const args = ["--samples", SAMPLES, "--space", "foxnas-cpu", "--target", "accuracy", "--form", "log-saturating"];
    const linkOf = (name: string) => readPredictor({ name, text: readFileSync(file(name), "utf8") }).link;
    const own = await json<FitResult>(0, "fit", ...args, "--out", "own.predictor.json");
    expect(linkOf("own.predictor.json")).toEqual({ kind: "saturating", ceiling: 79 });
    const { code, stdout } = await cli("fit", ...args, "--ceiling", "85.5", "--out", "given.predictor.json");
    expect(code).toBe(0);
    expect(stdout).toContain("Ceiling 85.5 %");
    expect(linkOf("given.predictor.json")).toEqual({ kind: "saturating", ceiling: 85.5 });
    const fitted = await json<FitResult>(0, "fit", ...args, "--ceiling", "auto", "--out", "fitted.predictor.json");
    expect(fitted.leaveOneOutRmse).toBeLessThan(own.leaveOneOutRmse);
    const { ceiling } = linkOf("fitted.predictor.json")!;
    expect(ceiling).toBeGreaterThan(78.5);
    expect(ceiling).toBeLessThan(79.5);
    for (const [ceiling, message] of [["high", "found high"], ["0", "found 0"], ["60", "a value reaches the ceiling"]] as const) {
      const wrong = await cli("fit", ...args, "--ceiling", ceiling);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toContain(message);
    }
    const linear = await cli("fit", ...args.slice(0, -1), "published", "--ceiling", "auto");
    expect(linear.code).toBe(2);
    expect(linear.stderr).toContain("form: form published of accuracy has no ceiling");
  });

  it("refuses more terms than samples", async () => {
    writeFileSync(file("few.csv"), readFileSync(SAMPLES, "utf8").split("\n").slice(0, 31).join("\n"));
    const { code, stderr } = await cli("fit", "--samples", "few.csv", "--space", "foxnas-cpu", "--target", "accuracy", "--form", "published");
    expect(code).toBe(2);
    expect(stderr).toContain("30");
  });
});
