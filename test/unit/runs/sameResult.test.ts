import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalText, firstDifference, isReproducible } from "../../../src/shared/sameResult.js";
import { REQUEST, searched } from "./example.js";

describe("a search", () => {
  it("with the same seed has the same result, with another one another", async () => {
    const [first, again, other] = [await searched(REQUEST), await searched(REQUEST), await searched({ ...REQUEST, seed: 8 })];
    expect(firstDifference(first, again)).toBeNull();
    expect(canonicalText(first)).toBe(canonicalText(again));
    // Of this short search both find other architectures; its seed is told in any case.
    expect(firstDifference(first, other)).not.toBeNull();
    expect(firstDifference(first.search, other.search)).toEqual({ field: "seed", was: "7", is: "8" });
  });
});

const keyed = fc.dictionary(fc.constantFrom("a", "b", "c", "value"), fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true });

describe("the first difference", () => {
  it("is none between a value and itself, whatever order its keys have and whatever the clock said", () => {
    fc.assert(
      fc.property(keyed, fc.double(), (value, elapsedMs) => {
        const turned = { elapsedMs, throughput: { imagesPerSecond: elapsedMs }, ...Object.fromEntries(Object.entries(value).reverse()) };
        expect(firstDifference(value, turned)).toBeNull();
        expect(canonicalText(turned)).toBe(canonicalText(value));
      }),
    );
  });

  it("is there exactly where the canonical texts differ", () => {
    fc.assert(
      fc.property(keyed, keyed, (a, b) => {
        expect(firstDifference(a, b) === null).toBe(canonicalText(a) === canonicalText(b));
      }),
      { numRuns: 500 },
    );
  });

  it("names field and values, a number to its last digit", () => {
    const was = { found: { accuracy: { value: 75.5 }, stages: [{ width: 24 }, { width: 40 }] }, list: [1, 2] };
    expect(firstDifference(was, { ...was, found: { ...was.found, accuracy: { value: 75.50000000000001 } } })).toEqual({ field: "found.accuracy.value", was: "75.5", is: "75.50000000000001" });
    expect(firstDifference(was, { ...was, found: { ...was.found, stages: [{ width: 24 }, { width: 48 }] } })).toEqual({ field: "found.stages[1].width", was: "40", is: "48" });
    expect(firstDifference(was, { ...was, list: [1] })).toEqual({ field: "list[1]", was: "2", is: "nothing" });
    expect(firstDifference(was, { ...was, list: null })).toEqual({ field: "list", was: "a list of 2", is: "null" });
    expect(firstDifference(was, { ...was, more: {} })).toEqual({ field: "more", was: "nothing", is: "an object" });
    expect(firstDifference(1, 2)).toEqual({ field: "result", was: "1", is: "2" });
  });

  it("sees through what a file cannot hold", () => {
    expect(firstDifference({ a: 0 }, { a: -0, b: undefined })).toBeNull();
  });
});

it("what a clock has counted is not reproducible, accuracies are", () => {
  expect((["search", "evaluate", "finalists", "profile", "bench", "tune"] as const).map(isReproducible)).toEqual([true, true, true, false, false, false]);
});
