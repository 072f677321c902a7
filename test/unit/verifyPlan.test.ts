import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifiedOf, verifyPlan } from "../../src/host/found/verifyRequest.js";
import type { Measured, MeasureResult } from "../../src/shared/measure.js";
import { toyMeasured, toyResult } from "../panel/harness/toy.js";

const source = (name: string) => ({ name, text: readFileSync(`media/${name}`, "utf8") });
const space = source("spaces/foxnas-cpu.json");
const pi4 = source("predictors/foxnas-cpu-256-latency-pi4.predictor.json");
const { device, protocol, architecture } = toyMeasured(toyResult(120), "same");
const here = { ...device, onnxruntime: { version: device.onnxruntime, executionProviders: ["cpu"] }, reason: null };
const setting = { precision: "int8", threads: 1, executionProvider: "cpu", rounds: 60 } as const;
const { stages } = architecture;

/** The predictor as if it were a profile of this machine with four threads, whose references took 10 and 20 ms. */
const profiled = {
  name: "profiled",
  text: JSON.stringify({ ...JSON.parse(pi4.text), measured: { device, protocol: { ...protocol, threads: 4 }, references: [{ stages, latencyMs: 10 }, { stages, latencyMs: 20 }] } }),
};

const measured = (latencyMs: number) => ({ latencyMs, standardError: 0.002 }) as Measured;

describe("what Verify measures", () => {
  it("takes three references of the space for a predictor of another device, and leaves the level alone", () => {
    const plan = verifyPlan({ space, latency: pi4, seed: 1 }, architecture, setting, here);
    expect(plan.relation).toBe("named");
    expect(plan.request.references.map(({ network }) => ("space" in network ? network.stages.map(({ blocks }) => blocks.length)[0] : 0))).toEqual([2, 3, 4]);
    const result = { device, protocol, networks: [measured(5)], references: [1, 2, 3].map(measured), suspect: true, reason: "they disagree" } as unknown as MeasureResult;
    expect(verifiedOf(plan, result)).toMatchObject({ latencyMs: 5, rawMs: 5, level: null, suspect: "they disagree", machine: "AMD EPYC 7763, cpu int8, 1 thread" });
  });

  it("takes setting and references of a profile of this machine, and comes to its level", () => {
    const plan = verifyPlan({ space, latency: profiled, seed: 1 }, architecture, setting, here);
    expect(plan.relation).toBe("same");
    expect(plan.request).toMatchObject({ threads: 4, precision: "int8" });
    const result = { device, protocol, networks: [measured(6)], references: [measured(20), measured(40)], suspect: false, reason: null } as unknown as MeasureResult;
    expect(verifiedOf(plan, result)).toMatchObject({ rawMs: 6, latencyMs: expect.closeTo(3, 9), level: { factor: expect.closeTo(0.5, 9) } });
  });

  it("measures at another precision with the asked threads, which is another setting", () => {
    const plan = verifyPlan({ space, latency: profiled, seed: 1 }, architecture, { ...setting, precision: "fp32" }, here);
    expect(plan).toMatchObject({ relation: "setting", level: null, request: { threads: 1, precision: "fp32" } });
    expect(verifyPlan({ space, latency: profiled, seed: 1 }, architecture, setting, { ...here, cpu: "Cortex-A72" }).relation).toBe("other");
  });
});
