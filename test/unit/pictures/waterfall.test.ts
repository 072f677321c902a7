import { h } from "preact";
import renderToString from "preact-render-to-string";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Paper } from "../../../src/pictures/paper.js";
import { CHOICES, type Choice, type Part } from "../../../src/shared/explanation.js";
import { waterfall } from "../../../src/pictures/waterfall/stack.js";
import { WaterfallPicture } from "../../../src/pictures/waterfall/waterfall.js";
import { toyExplanation } from "../../panel/harness/toyExplanation.js";

const number = fc.double({ min: -50, max: 50, noNaN: true });
const part: fc.Arbitrary<Part> = fc.record({ value: number, interval: fc.option(fc.tuple(number, number).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])) });
const parts = fc.tuple(part, part, part, part, part).map((all) => Object.fromEntries(CHOICES.map((choice, i) => [choice, all[i]!])) as Record<Choice, Part>);
/** A stage whose parts add up to it. */
const stage = fc.record({ stage: fc.string(), parts, interval: part.map(({ interval }) => interval) }).map((of) => ({
  ...of, value: CHOICES.reduce((sum, choice) => sum + of.parts[choice].value, 0),
}));

describe("waterfall", () => {
  it("ends at the value, its parts at their stage, and everything drawn lies in the domain", () => {
    fc.assert(
      fc.property(number, fc.array(stage, { maxLength: 8 }), (baseline, contributions) => {
        const fall = waterfall({ baseline, contributions });
        expect(fall.total).toBeCloseTo(baseline + contributions.reduce((sum, { value }) => sum + value, 0), 9);
        for (const step of fall.steps) {
          expect(step.parts[0]!.start).toBe(step.start);
          expect(step.parts.at(-1)!.end).toBeCloseTo(step.end, 9);
          for (const one of [step, ...step.parts]) {
            for (const value of [one.start, one.end, ...(one.interval ?? []).map((edge) => one.start + edge)]) {
              expect(value).toBeGreaterThanOrEqual(fall.domain[0]);
              expect(value).toBeLessThanOrEqual(fall.domain[1]);
            }
          }
        }
      }),
    );
  });

  const { accuracy, latency } = toyExplanation();
  const without = ({ baseline, contributions }: NonNullable<typeof accuracy>) => ({ baseline, contributions: contributions.map(({ stage: name, value, interval }) => ({ stage: name, value, interval })) });

  it("offers to open its rows where the parts are known, and only there", () => {
    const closed = renderToString(h(WaterfallPicture, { accuracy: accuracy!, latency: latency!, linked: true }));
    expect(closed.match(/aria-expanded="false"/g)).toHaveLength(5);
    expect(closed).not.toContain("Transition block");
    expect(closed).toContain("through a link");
    const old = renderToString(h(WaterfallPicture, { accuracy: without(accuracy!), latency: without(latency!) }));
    expect(old).not.toContain("<button");
    expect(old).toContain('role="img"');
  });

  it("shows everything and nothing to press on paper", () => {
    const paper = renderToString(h(Paper.Provider, { value: true, children: h(WaterfallPicture, { accuracy: accuracy!, latency: latency! }) }));
    expect(paper).not.toContain("<button");
    expect(paper.match(/class="why-row part"/g)).toHaveLength(25);
    expect(paper.match(/<tr>/g)).toHaveLength(1 + 2 + 5 * 6);
  });
});
