import { describe, expect, it } from "vitest";
import { readPredictor, readPredictorOf, readSpace } from "../../../src/shared/files/index.js";
import { FOXNAS, PREDICTOR, problemOf, SMALL, spaceText } from "./examples.js";

const IDS = ["foxnas-cpu", "foxnas-cpu-relu", "foxnas-tpu", "ofa-mbv3"];

describe("built-in spaces", () => {
  const spaces = IDS.map((id) => readSpace({ name: id, text: spaceText(id) }));

  it("have the stages of DESIGN.md", () => {
    for (const [i, space] of spaces.entries()) {
      expect(space.id).toBe(IDS[i]);
      expect(space.stages.map((s) => s.width)).toEqual([24, 40, 80, 112, 160]);
      expect(space.stages.map((s) => s.stride)).toEqual([2, 2, 2, 1, 2]);
      expect(space.stages.every((s) => String(s.depth) === "2,3,4" && String(s.kernel) === "3,5,7")).toBe(true);
      expect(space.first).toEqual({ width: 16, kernel: 3, expand: 1, activation: "relu", squeezeExcite: false });
    }
    expect(spaces.map((s) => String(s.stages[0]!.expand))).toEqual(["2,3,4,6", "2,3,4,6", "2,3,4,6", "3,4,6"]);
    expect(spaces.map((s) => s.resolutions[0])).toEqual([256, 256, 256, 224]);
  });

  it("have 5.9e21 architectures in foxnas-cpu", () => {
    const perStage = FOXNAS.stages.map(({ depth, expand, kernel }) => depth.reduce((sum, d) => sum + (expand.length * kernel.length) ** d, 0));
    expect(perStage).toEqual([22_608, 22_608, 22_608, 22_608, 22_608]);
  });

  it("differ in squeeze-excite and activation as their names say", () => {
    const [cpu, relu, tpu] = spaces;
    expect(cpu!.stages.map((s) => s.squeezeExcite)).toEqual([false, true, false, true, true]);
    expect(cpu!.stages.map((s) => s.activation)).toEqual(["relu", "relu", "hswish", "hswish", "hswish"]);
    expect(JSON.stringify([relu, tpu])).not.toContain("hswish");
    expect(relu!.stages.map((s) => s.squeezeExcite)).toEqual([false, true, false, true, true]);
    expect(tpu!.stages.some((s) => s.squeezeExcite)).toBe(false);
  });
});

describe("reading a space", () => {
  const text = JSON.stringify(SMALL, null, 1);
  const problem = (changed: string) => problemOf(() => readSpace({ name: "my.space.json", text: changed }));
  const lineOf = (changed: string, needle: string) => changed.slice(0, changed.indexOf(needle)).split("\n").length;

  it("takes a person's own", () => {
    expect(readSpace({ name: "my.space.json", text })).toEqual(SMALL);
  });

  it.each([
    ["an even kernel", '"kernel": [\n    3,\n    5\n   ]', '"kernel": [\n    3,\n    8\n   ]', "    8\n", "stages[0].kernel[1]", "an odd kernel size"],
    ["falling choices", '"expand": [\n    2,\n    4\n   ]', '"expand": [ 4, 2 ]', "[ 4, 2 ]", "stages[0].expand", "rising choices without repeats"],
    ["an unknown activation", '"activation": "relu",\n   "squeezeExcite": true', '"activation": "swish",\n   "squeezeExcite": true', '"swish"', "stages[1].activation", '"relu" | "hswish"'],
    ["two stages of a width", '"width": 40', '"width": 24', '"stages"', "stages", "stages of different widths, since a stage is named by its width"],
    ["an unknown field", '"widthMultiple"', '"widthMultiples": 8, "widthMultiple"', '"widthMultiples"', "widthMultiples", undefined],
    ["an id that is no id", '"id": "shapes"', '"id": "../shapes"', '"id"', "id", "lower-case letters, digits and '-'"],
  ])("places %s", (_, from, to, at, field, expected) => {
    expect(text).toContain(from);
    const changed = text.replace(from, to);
    expect(problem(changed)).toMatchObject({ file: "my.space.json", line: lineOf(changed, at), field, ...(expected === undefined ? {} : { expected }) });
  });
});

describe("reading a predictor", () => {
  const text = JSON.stringify(PREDICTOR, null, 1);
  const problem = (changed: string) => problemOf(() => readPredictor({ name: "pi.predictor.json", text: changed }));

  it("takes a valid one", () => {
    expect(readPredictor({ name: "p", text })).toEqual(PREDICTOR);
    expect(readPredictorOf({ name: "p", text }, "latency").target).toBe("latency");
  });

  it("refuses seconds for milliseconds", () => {
    expect(problem(text.replace('"ms"', '"s"'))).toMatchObject({ file: "pi.predictor.json", line: 4, column: 10, field: "unit", found: '"s"', expected: '"ms"' });
    expect(problem(text.replace('"latency"', '"accuracy"'))).toMatchObject({ field: "unit", expected: '"%"' });
  });

  it("refuses a predictor of the other target", () => {
    expect(problemOf(() => readPredictorOf({ name: "p", text }, "accuracy"))).toMatchObject({ line: 3, field: "target", found: '"latency"' });
  });

  it("refuses a coefficient that is not finite", () => {
    expect(problem(text.replace("-8.06", "1e400"))).toMatchObject({ line: 11, field: "coefficients.tot_24", what: "the number is not finite" });
    expect(problem(text.replace("1.9", "null"))).toMatchObject({ line: 12, field: 'coefficients["tot_24:avg_k_24"]', found: "null" });
  });

  it("takes a factor of prediction errors from 0.2 to 5, and refuses others", () => {
    const factor = (value: string) => text.replace('"maxLeverage": 0.4', `"maxLeverage": 0.4,\n  "predictionFactor": ${value}`);
    for (const value of [0.2, 1.1, 5]) expect(readPredictor({ name: "p", text: factor(String(value)) }).fit!.predictionFactor).toBe(value);
    expect(readPredictor({ name: "p", text }).fit).not.toHaveProperty("predictionFactor");
    for (const value of ["0", "-1", "5.1", "null", '"1"']) expect(problem(factor(value))).toMatchObject({ field: "fit.predictionFactor", found: value });
  });

  it("refuses a covariance that does not belong to its terms", () => {
    expect(problem(text.replace(/0\.3,/, ""))).toMatchObject({ field: "fit.covariance", found: "5 numbers" });
    expect(problem(text.replace('"tot_24",', '"tot_40",'))).toMatchObject({ field: "fit.terms[1]", found: '"tot_40"' });
    expect(problem(text.replace('"(Intercept)",', '"tot_24",'))).toMatchObject({ field: "fit.terms[0]" });
  });
});
