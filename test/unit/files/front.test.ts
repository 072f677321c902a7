import fc from "fast-check";
import { expect, it } from "vitest";
import { atBudget } from "../../../src/shared/front.js";

it("finds the last point within the budget, as a scan does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: -5, max: 55 }), fc.boolean(), (values, budget, estimates) => {
      const latencies = [...values].sort((a, b) => a - b);
      const points = latencies.map((latency) => ({ latency: estimates ? { value: latency } : latency }));
      expect(atBudget(points, budget)).toBe(latencies.filter((latency) => latency <= budget).length - 1);
    }),
    { numRuns: 500 },
  );
});
