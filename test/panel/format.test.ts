import { describe, expect, it } from "vitest";
import * as f from "../../src/shared/format.js";

/** Non-breaking spaces as plain ones, so that the expected texts can be read. */
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ") ?? null;

describe("numbers as text", () => {
  it("puts a unit on every number, with a true minus and no sign on zero", () => {
    expect(plain(f.percent(75.5416))).toBe("75.54 %");
    expect(plain(f.ms(119.468))).toBe("119.5 ms");
    expect(plain(f.ms(2.412))).toBe("2.41 ms");
    expect(plain(f.ms(0.0834))).toBe("0.083 ms");
    expect(plain(f.signedPp(0.6213))).toBe("+0.62 pp");
    expect(plain(f.signedPp(-0.314))).toBe("−0.31 pp");
    expect(plain(f.signedPp(-0.0001))).toBe("0.00 pp");
    expect(plain(f.signedMs(-50.84))).toBe("−50.8 ms");
    expect(plain(f.signedMs(0.04))).toBe("0.0 ms");
  });

  it("tells a ceiling that no accuracy can reach from one that is near", () => {
    expect(plain(f.ceilingText(91.4182))).toBe("ceiling 91.4 %");
    expect(plain(f.ceilingText(78))).toBe("ceiling 78 %");
    expect(f.ceilingText(572.03)).toBe("ceiling out of reach");
  });

  it("keeps a budget as it was typed and a feasible one feasible", () => {
    expect(plain(f.budgetText(120))).toBe("120 ms");
    expect(plain(f.budgetText(57.935))).toMatch(/^57\.9[34] ms$/);
    expect(f.ceilBudget(57.9291)).toBe(57.93);
    expect(f.ceilBudget(57.93)).toBe(57.93);
    expect(f.ceilBudget(50.0000001)).toBeGreaterThanOrEqual(50);
  });

  it("tells a moment the same everywhere", () => {
    expect(f.dateText(new Date("2026-11-25T04:42:28.630+02:00"))).toBe("2026-11-25 02:42 UTC");
  });

  it("rounds a distance up, so that within stays true", () => {
    expect(plain(f.withinPp(0.0312))).toBe("0.04 pp");
    expect(plain(f.withinPp(0.03))).toBe("0.03 pp");
    expect(plain(f.withinPp(0.0024))).toBe("0.003 pp");
    for (const gap of [1.2345, 0.01, 0.0099, 0.00012, 3e-6]) {
      expect(Number(f.withinPp(gap).split("\u00a0")[0])).toBeGreaterThanOrEqual(gap - 1e-10);
    }
  });

  it.each([
    ["0", "0"],
    ["41", "41"],
    ["00041", "41"],
    ["12345", "12,345"],
    ["999999", "999,999"],
    ["1234567", "1.2 million"],
    ["1000000", "1 million"],
    ["999960000", "1 billion"],
    ["345678901234", "346 billion"],
    ["5600000000000", "5.6 trillion"],
    ["5900000000000000000000", "5.9 × 10²¹"],
    ["9999999999999999999999", "1.0 × 10²²"],
  ])("says %s as %s", (digits, text) => expect(plain(f.count(digits))).toBe(text));

  it("writes evaluations out while that can be read", () => {
    expect(plain(f.countOf(1_000_000))).toBe("1,000,000");
    expect(plain(f.countOf(20_000_000))).toBe("20 million");
    expect(plain(f.countOf(Number.NaN))).toBe("0");
    expect(plain(f.rate(1_000_000, 112))).toBe("8.9 million evaluations/s");
    expect(f.rate(10, 0)).toBeNull();
  });

  it.each([[2.3, "2 ms"], [410, "0.41 s"], [12_340, "12.3 s"], [125_000, "2 min 5 s"], [3_900_000, "1 h 5 min"]])(
    "says %d ms as %s",
    (elapsed, text) => expect(plain(f.duration(elapsed))).toBe(text),
  );

  it("writes intervals with one unit", () => {
    expect(plain(f.intervalText([75.163, 75.918], "%"))).toBe("75.16 to 75.92 %");
    expect(plain(f.intervalText([117.81, 121.22], "ms"))).toBe("117.8 to 121.2 ms");
    expect(plain(f.signedIntervalText([-0.012, 0.07], "pp"))).toBe("−0.01 to +0.07 pp");
  });

  it("shortens axis ticks", () => {
    expect([0, 5000, 250_000, 1_500_000].map(f.shortCount)).toEqual(["0", "5,000", "250k", "1.5M"]);
  });
});
