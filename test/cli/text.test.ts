import { describe, expect, it } from "vitest";
import { bigCount, count, estimateLine, fixed, signed } from "../../src/cli/text/numbers.js";
import { stagesDrawn } from "../../src/cli/text/stages.js";

describe("numbers", () => {
  it("carry a true minus sign, and no sign at zero", () => {
    expect([fixed(-1.25, 1), fixed(-0.001, 2), fixed(0, 1)]).toEqual(["−1.3", "0.00", "0.0"]);
    expect([signed(0.5, 2), signed(-0.5, 2), signed(-0.0001, 2)]).toEqual(["+0.50", "−0.50", "+0.00"]);
  });

  it("count exactly, and beyond a thousand million in powers of ten", () => {
    expect(count(1_000_000)).toBe("1,000,000");
    expect(bigCount("999999999")).toBe("999,999,999");
    expect(bigCount("123456789012345678901234567890")).toBe("1.2e29");
  });

  it("say that there is no interval, or that a value is extrapolated", () => {
    const estimate = { value: 75.5, unit: "%", interval: null, extrapolated: null };
    expect(estimateLine("accuracy", estimate)).toContain("no interval");
    expect(estimateLine("accuracy", { ...estimate, interval: [75, 76], extrapolated: true })).toMatch(/75\.00 to 76\.00 %; extrapolated/);
  });
});

describe("stages drawn", () => {
  const stage = (width: number, depth: number) => ({ width, blocks: Array.from({ length: depth }, () => ({ expand: 3, kernel: 5 })) });
  const card = { name: "", input: 32, output: 16, squeezeExcite: true, activation: "relu", depth: [1, 2], expand: [3, 6], kernel: [5] };

  it("have a bar for each block, half as long for half the largest expand ratio", () => {
    const lines = stagesDrawn({ resolution: 32, stages: [stage(16, 2), stage(24, 1)] }, [card, card], null);
    expect(lines.join("\n").match(/███░░░ e3 k5/g)).toHaveLength(3);
    expect(lines[0]).toMatch(/^ {2}stage 16 SE +stage 24 SE$/);
    expect(lines[1]).toContain("32 → 16 px");
  });

  it("stay within 82 columns for any number of stages", () => {
    const stages = Array.from({ length: 12 }, (_, i) => stage(8 + i, 1 + (i % 8)));
    const lines = stagesDrawn({ resolution: 32, stages }, stages.map(() => card), null).slice(0, -1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(82);
    expect(lines.join("\n").match(/e3 k5/g)).toHaveLength(stages.flatMap((s) => s.blocks).length);
  });
});
