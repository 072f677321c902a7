import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits, editsTo, Models, readDocument } from "../../../src/editor/index.js";
import { readConfig } from "../../../src/shared/files/index.js";
import type { PredictorFile } from "../../../src/shared/predictor.js";
import { stagesOf } from "../files/examples.js";
import { ACCURACY, analyse, CHOSEN, CPU, LATENCY, plainConfigs, STYLES, styles } from "./helpers.js";

describe("editing a text to another architecture", () => {
  it("leads there in every style, and changes nothing else", () => {
    fc.assert(
      fc.property(plainConfigs(CPU, 256), stagesOf(CPU), styles, (config, stages, style) => {
        const { name, write } = STYLES[style]!;
        const text = write(config);
        const edits = editsTo(readDocument({ name, text }), stages)!;
        const edited = applyEdits(text, edits);
        expect(readConfig({ name, text: edited })).toEqual({ ...config, stages });
        if (!style.includes("comments")) expect(edited).toBe(write({ ...config, stages }));
      }),
      { numRuns: 150 },
    );
  });

  it("is refused where the stages are others", () => {
    const [config] = fc.sample(plainConfigs(CPU, 256), 1);
    expect(editsTo(readDocument({ name: "a.json", text: JSON.stringify(config) }), config!.stages.slice(1))).toBeNull();
    expect(editsTo(readDocument({ name: "a.json", text: "" }), config!.stages)).toBeNull();
  });
});

const stages = CPU.stages.map(({ width }) => `  - width: ${width}\n    blocks: [*b, *b]\n`).join("");
const ALIASED = (kernel: number) => `version: 1\nspace: foxnas-cpu\nresolution: 256\n${stages.replace("  - width", "stages:\n  - width").replace("*b", `&b { expand: 4, kernel: ${kernel} }`)}`;

describe("a block written once and repeated by an alias", () => {
  it("is read, and mended where it is written", () => {
    expect(analyse(ALIASED(5), "a.yaml").figures()).not.toBeNull();
    const text = ALIASED(4);
    const problems = analyse(text, "a.yaml").problems();
    expect(problems).toHaveLength(10);
    expect(problems.filter(({ fixes }) => fixes.length > 0)).toHaveLength(1);
    expect(applyEdits(text, problems[0]!.fixes[1]!.edits)).toBe(ALIASED(5));
    expect(text.slice(problems[3]!.span.start, problems[3]!.span.end)).toBe("*b");
  });
});

describe("other predictors", () => {
  const text = JSON.stringify(fc.sample(plainConfigs(CPU, 256), { numRuns: 1, seed: 1 })[0]);
  const withLatency = (latency: PredictorFile) => analyse(text, "a.json", { ...CHOSEN, latency, budget: 1 });

  it("without a covariance have no intervals and no probability", () => {
    const analysis = withLatency({ ...LATENCY, fit: undefined });
    const { latency, verdict, stages: all } = analysis.figures()!;
    expect([latency.interval, verdict!.probability, all[0]!.contribution!.latency.interval]).toEqual([null, null, null]);
    expect(analysis.problems().map(({ code }) => code)).toEqual(["over-budget"]);
  });

  it("that are not additive over stages have figures and prices, but no contributions", () => {
    const analysis = withLatency({ ...LATENCY, fit: undefined, coefficients: { ...LATENCY.coefficients, "tot_24:tot_e_160": 0.5 } });
    expect(analysis.figures()).toMatchObject({ baseline: null, stages: Array.from({ length: 5 }, () => ({ contribution: null })) });
    expect(analysis.hints()).toEqual([]);
    expect(analysis.hover(text.indexOf('"expand"') + 2)!.markdown).toContain("| **expand instead** |");
    expect(analysis.completions(text.indexOf('"expand":') + 9).filter(({ detail }) => detail.includes("ms"))).toHaveLength(3);
  });

  it("with terms that nobody knows are refused in a sentence", () => {
    const analysis = withLatency({ ...LATENCY, fit: undefined, coefficients: { colour_24: 1 } });
    expect([analysis.figures(), analysis.unavailable()]).toEqual([null, "The chosen predictors cannot be used with this search space."]);
  });

  it("are made once for the contents of a file", () => {
    const models = new Models();
    const model = models.of(CPU, ACCURACY);
    expect(models.of(structuredClone(CPU), structuredClone(ACCURACY))).toBe(model);
    expect(models.of(CPU, { ...ACCURACY, intercept: 1 })).not.toBe(model);
  });
});
