import { describe, expect, it } from "vitest";
import { predictorsFor, type ChoiceContext } from "../../../src/host/editor/predictorChoice.js";
import type { PredictorFile, Target } from "../../../src/shared/predictor.js";

const machine = { cpu: "This", platform: "linux-x64" };

function predictor(key: string, target: Target, resolution: number, more: Partial<PredictorFile> = {}) {
  const content = { version: 1, target, unit: target === "accuracy" ? "%" : "ms", space: "s", resolution, device: null, form: "f", intercept: 0, coefficients: {}, link: null, source: key, ...more } as PredictorFile;
  return { key, uri: null, content };
}
const measuredOn = (cpu: string) => ({ device: { cpu, platform: "linux-x64" } }) as PredictorFile["measured"];
const context = (part: Partial<ChoiceContext> = {}): ChoiceContext => ({ space: "s", resolution: 224, predicted: undefined, chosen: {}, machine, ...part });
const keys = ({ accuracy, latency }: ReturnType<typeof predictorsFor>) => [accuracy?.key ?? null, latency?.key ?? null];

const all = [
  predictor("a256", "accuracy", 256),
  predictor("l256", "latency", 256),
  predictor("a192", "accuracy", 192),
  predictor("l192", "latency", 192),
  predictor("other", "latency", 224, { space: "elsewhere" }),
];

describe("the predictors of a config", () => {
  it("both are of its space and of one resolution, the nearest", () => {
    expect(keys(predictorsFor(all, context({ resolution: 200 })))).toEqual(["a192", "l192"]);
    expect(keys(predictorsFor(all, context({ resolution: 300 })))).toEqual(["a256", "l256"]);
    expect(keys(predictorsFor(all, context({ space: "nowhere" })))).toEqual([null, null]);
  });

  it("one of the two where there is no pair, the pair where there is one further away", () => {
    expect(keys(predictorsFor([...all, predictor("l224", "latency", 224)], context()))).not.toContain("l224");
    expect(keys(predictorsFor([predictor("l224", "latency", 224)], context()))).toEqual([null, "l224"]);
  });

  it("of two alike, the one that the config names as its source, then the one measured here, then the first", () => {
    const here = predictor("here", "latency", 256, { measured: measuredOn("This") });
    const there = predictor("there", "latency", 256, { measured: measuredOn("That") });
    expect(keys(predictorsFor([...all, there], context()))).toEqual(["a256", "l256"]);
    expect(keys(predictorsFor([...all, there, here], context()))).toEqual(["a256", "here"]);
    const predicted = { accuracy: { source: "a256" }, latency: { source: "there" } } as ChoiceContext["predicted"];
    expect(keys(predictorsFor([...all, there, here], context({ predicted })))).toEqual(["a256", "there"]);
  });

  it("what the person chose goes before everything; what is gone is forgotten", () => {
    expect(keys(predictorsFor(all, context({ resolution: 256, chosen: { accuracy: "a192", latency: "l192" } })))).toEqual(["a192", "l192"]);
    expect(keys(predictorsFor(all, context({ resolution: 256, chosen: { accuracy: "gone", latency: "gone too" } })))).toEqual(["a256", "l256"]);
  });
});
