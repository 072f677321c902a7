import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkSecant, linkSlope, linkValue } from "../../../src/engine/link.js";
import { gap, SATURATING } from "./helpers.js";

const etas = fc.double({ min: -5, max: 5, noNaN: true });

describe("the slope of a link's chord", () => {
  it("is the quotient of the differences, and lies between the slopes at its ends", () => {
    fc.assert(
      fc.property(etas, etas, (from, to) => {
        fc.pre(Math.abs(to - from) > 1e-3);
        const slope = linkSecant(SATURATING, from, to);
        expect(gap(slope, (linkValue(SATURATING, to) - linkValue(SATURATING, from)) / (to - from))).toBeLessThan(1e-9);
        const ends = [linkSlope(SATURATING, from), linkSlope(SATURATING, to)].sort((a, b) => a - b);
        expect(slope).toBeGreaterThanOrEqual(ends[0]!);
        expect(slope).toBeLessThanOrEqual(ends[1]!);
        expect(linkSecant(null, from, to)).toBe(1);
      }),
    );
  });

  it("becomes the tangent's, digit by digit, where the ends meet", () => {
    fc.assert(
      fc.property(etas, fc.integer({ min: 4, max: 300 }), (at, exponent) => {
        const change = 10 ** -exponent;
        // Second order: the chord of exp(-x) over h has the slope exp(-x) (1 - h/2 + ...).
        const expected = linkSlope(SATURATING, at) * (1 - (at + change - at) / 2);
        expect(linkSecant(SATURATING, at, at + change) / expected).toBeCloseTo(1, 8);
        expect(linkSecant(SATURATING, at, at)).toBe(linkSlope(SATURATING, at));
      }),
    );
  });
});
