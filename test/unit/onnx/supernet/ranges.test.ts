import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeModel } from "../../../../src/onnx/model.js";
import { knownRanges, rangeNames } from "../../../../src/onnx/ranges.js";
import { SupernetError } from "../../../../src/onnx/supernet/errors.js";
import { foldedWeights } from "../../../../src/onnx/supernet/fold.js";
import { Histogram, KEPT_SHARE, RangeHistograms } from "../../../../src/onnx/supernet/histogram.js";
import { activationsModel, RangeExtremes, rangesModel } from "../../../../src/onnx/supernet/ranges.js";
import { sliceSubnet } from "../../../../src/onnx/supernet/slice.js";
import { image, METADATA, sampleArchitectures } from "../networks.js";
import { correlation, run } from "../runtime.js";
import { logitsOf, recalibrated } from "./recalibrated.js";
import { ELASTIC, randomSupernet } from "./supernets.js";

const SIDE = 23;
const COUNT = 6;
const ONE = 3 * SIDE ** 2;

const floats = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true, min: -8, max: 8 }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, 6, -6, 2 ** -149, -(2 ** -149)),
);
const batches = fc.array(fc.array(floats, { minLength: 1, maxLength: 60 }).map((values) => Float32Array.from(values)), { minLength: 1, maxLength: 6 });

function rangeOf(parts: readonly Float32Array[], share: number): readonly [number, number] {
  const histogram = new Histogram("test");
  for (const part of parts) histogram.add(part);
  return histogram.range(share);
}

describe("a histogram", () => {
  it("gives the same range in whatever order and pieces the numbers come", () => {
    fc.assert(
      fc.property(batches, fc.double({ min: 0.5, max: 1, noNaN: true }), (parts, share) => {
        const expected = rangeOf([Float32Array.from(parts.flatMap((part) => [...part]))], share);
        expect(rangeOf(parts, share)).toEqual(expected);
        expect(rangeOf([...parts].reverse(), share)).toEqual(expected);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("cuts off as many numbers as asked for on each side, to within a bin", () => {
    fc.assert(
      fc.property(batches, fc.double({ min: 0.5, max: 1, noNaN: true }), (parts, share) => {
        const sorted = parts.flatMap((part) => [...part]).sort((a, b) => a - b);
        const [low, high] = rangeOf(parts, share);
        const cut = (sorted.length * (1 - share)) / 2;
        expect(sorted.filter((v) => v < low).length).toBeLessThanOrEqual(cut);
        expect(sorted.filter((v) => v > high).length).toBeLessThanOrEqual(cut);
        // The exact bounds: the first numbers behind which more than the cut lie. Bins double until 2048 hold all.
        const [lowest, highest] = [sorted[Math.floor(cut)]!, sorted[sorted.length - 1 - Math.floor(cut)]!];
        const bin = Math.max((sorted.at(-1)! - sorted[0]!) / 511, Math.max(-sorted[0]!, sorted.at(-1)!) * 2 ** -29, 2 ** -119);
        expect(lowest - low).toBeLessThanOrEqual(bin);
        expect(high - highest).toBeLessThanOrEqual(bin);
        expect(low).toBeGreaterThanOrEqual(sorted[0]!);
        expect(high).toBeLessThanOrEqual(sorted.at(-1)!);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it("keeps 99.99 % and leaves out the lone outlier", () => {
    const values = Float32Array.from({ length: 100_000 }, (_, i) => (i < 3 ? 1000 : i / 100_000));
    const histograms = new RangeHistograms();
    histograms.add("a", values);
    const [low, high] = histograms.ranges().get("a")!;
    expect(KEPT_SHARE).toBe(0.9999);
    expect(low).toBe(Math.fround(3 / 100_000));
    expect(high).toBeLessThanOrEqual(1);
    expect(high).toBeGreaterThan(0.99);
    expect(histograms.ranges(1).get("a")![1]).toBe(1000);
  });

  it("refuses what is not finite, and an empty one", () => {
    for (const value of [NaN, Infinity, -Infinity]) expect(() => rangeOf([Float32Array.of(1, value)], 1)).toThrow(SupernetError);
    expect(() => rangeOf([], 1)).toThrow("Range of test: found no numbers.");
    expect(() => rangeOf([new Float32Array(0)], 1)).toThrow("found no numbers");
  });
});

describe("ranges of a subnet's activations", () => {
  const subnet = sliceSubnet(randomSupernet(ELASTIC, 3), sampleArchitectures(ELASTIC, 1, 3)[0]!, SIDE);
  const pixels = image(SIDE, 9, COUNT);
  const halves = [0, 3].map((i) => pixels.subarray(i * ONE, (i + 3) * ONE));
  const shape = [3, 3, SIDE, SIDE];

  it("are the extremes of what the float graph computes, with either method", async () => {
    const statistics = await recalibrated(subnet, { pixels, count: COUNT, side: SIDE }, COUNT);
    const weights = foldedWeights(subnet, statistics, "test");
    const extremes = new RangeExtremes(subnet.network);
    const histograms = new RangeHistograms();
    const expected = new Map<string, [number, number]>();
    for (const half of halves) {
      const outputs = await run(rangesModel(subnet.network, weights), half, shape);
      extremes.add(new Map([...outputs].map(([name, { data }]) => [name, data])));
      const tensors = new Map([...(await run(activationsModel(subnet.network, weights), half, shape))].map(([name, { data }]) => [name, data]));
      tensors.delete("logits");
      for (const [name, data] of tensors.set("input", half)) {
        histograms.add(name, data);
        const [low, high] = expected.get(name) ?? [Infinity, -Infinity];
        // + 0: a range ends at 0, not at -0.
        expected.set(name, [data.reduce((a, b) => Math.min(a, b), low) + 0, data.reduce((a, b) => Math.max(a, b), high) + 0]);
      }
    }
    expect([...expected.keys()].sort()).toEqual([...rangeNames(subnet.network)].sort());
    for (const [name, range] of expected) {
      // Graphs with other outputs fuse other nodes: the last digits may differ.
      extremes.ranges().get(name)!.forEach((end, i) => expect(Math.abs(end - range[i]!), name).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(range[i]!))));
      expect(histograms.ranges(1).get(name), name).toEqual(range);
      const [low, high] = histograms.ranges().get(name)!;
      expect(low >= range[0] && high <= range[1] && low <= high, name).toBe(true);
    }
    const float = await logitsOf(subnet, statistics, { pixels: halves[0]!, count: 3, side: SIDE });
    for (const ranges of [extremes.ranges(), histograms.ranges()]) {
      const model = writeModel(subnet.network, { precision: "int8", weightBits: 7, batch: 3, weights, ranges: knownRanges("measured", ranges), metadata: METADATA });
      expect(correlation((await run(model, halves[0]!, shape)).get("logits")!.data, float)).toBeGreaterThan(0.97);
    }
  });

  it("refuse outputs that are missing or not finite", () => {
    const add = (outputs: [string, Float32Array][]) => () => new RangeExtremes(subnet.network).add(new Map(outputs));
    expect(add([])).toThrow("Range of input: found [undefined, undefined], expected two finite numbers.");
    expect(add([["input.min", Float32Array.of(0)], ["input.max", Float32Array.of(Infinity)]])).toThrow(SupernetError);
  });
});
