import { describe, expect, it } from "vitest";
import { comparisonOf, measuredNotes } from "../../src/shared/verifiedText.js";
import { measurementsOf, relationOf, withMeasurement, type Verified } from "../../src/shared/verified.js";
import { toyMeasured, toyResult } from "../panel/harness/toy.js";

const result = toyResult(120);
const card = result.predictors.latency;
const { latency, architecture } = result.found!;
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const said = (measured: Verified) => plain(comparisonOf(measured, latency, card).text);

describe("what relates a predictor to this machine", () => {
  const { device, protocol } = toyMeasured(result, "same");
  const predictor = { device: "AMD EPYC, cpu int8, 1 thread", measured: { device, protocol, references: [] } };
  it("is the same machine at the same setting, or the difference", () => {
    expect(relationOf(predictor, device, protocol)).toBe("same");
    for (const other of [{ precision: "fp32" as const }, { threads: 2 }, { executionProvider: "dml" }]) {
      expect(relationOf(predictor, device, { ...protocol, ...other })).toBe("setting");
    }
    expect(relationOf(predictor, { ...device, onnxruntime: "1.0.0" }, protocol)).toBe("setting");
    expect(relationOf(predictor, { ...device, cpu: "Cortex-A72" }, protocol)).toBe("other");
    expect(relationOf({ device: "Raspberry Pi 4", measured: undefined }, device, protocol)).toBe("named");
    expect(relationOf({ device: null, measured: undefined }, device, protocol)).toBe("unknown");
  });
});

describe("the comparison with the prediction", () => {
  it("compares with the interval only on the same machine", () => {
    expect(comparisonOf(toyMeasured(result, "same", 0), latency, card).kind).toBe("agrees");
    expect(comparisonOf(toyMeasured(result, "same", 0.2), latency, card).kind).toBe("parts");
    expect(said(toyMeasured(result, "same", -0.2))).toMatch(/20\.0 % less than predicted, outside its 95 % interval.*Trust the measurement/);
    expect(comparisonOf(toyMeasured(result, "same", 0.2), { ...latency, interval: null }, card).kind).toBe("open");
    for (const relation of ["setting", "other", "named", "unknown"] as const) {
      expect(comparisonOf(toyMeasured(result, relation), latency, card).kind).toBe("apart");
      expect(said(toyMeasured(result, relation))).toMatch(/the two are not comparable\.$/);
    }
  });

  it("tells a level that moved and a disturbance", () => {
    const quiet = toyMeasured(result, "same");
    expect(measuredNotes(quiet)).toEqual([]);
    const moved = { ...quiet, rawMs: quiet.latencyMs * 1.25, level: { factor: 0.8, disagreement: 0.01 } };
    expect(plain(measuredNotes(moved).join(" "))).toMatch(/machine needs 25\.0 % more time than when it was profiled/);
    expect(measuredNotes({ ...quiet, suspect: "noise" })).toHaveLength(1);
  });
});

it("keeps one measurement for an architecture and a precision, and finds those of an architecture", () => {
  const [int8, fp32] = [toyMeasured(result, "same"), toyMeasured(result, "same", 0, "fp32")];
  const again = { ...int8, rawMs: 1 };
  const other = { ...int8, architecture: { ...architecture, resolution: 224 } };
  const all = [int8, fp32, other, again].reduce<Verified[]>(withMeasurement, []);
  expect(all).toEqual([fp32, other, again]);
  expect(measurementsOf(all, architecture)).toEqual([again, fp32]);
});
