import fc from "fast-check";
import { expect, it } from "vitest";
import { RunningValue } from "../../../src/engine/runningValue.js";
import { landscapeOf, models, SATURATING, withCrossTerm, type Model } from "./helpers.js";

/** A walk: for every step which stages change, to what, and whether the step is taken. */
const steps = fc.array(fc.record({ stage: fc.nat(), other: fc.nat(), to: fc.nat(), otherTo: fc.nat(), taken: fc.boolean() }), { maxLength: 60 });

function requireSame(model: Model, walk: readonly { stage: number; other: number; to: number; otherTo: number; taken: boolean }[]): void {
  const { accuracy, choices } = landscapeOf(model);
  const state = new Int32Array(choices.length);
  const running = new RunningValue(accuracy, state);
  for (const { stage, other, to, otherTo, taken } of walk) {
    const [one, two] = [stage % choices.length, other % choices.length];
    const before = Int32Array.from(state);
    state[one] = to % choices[one]!.blocks.length;
    state[two] = otherTo % choices[two]!.blocks.length;
    const from = Math.min(one, two);
    expect(running.propose(state, from)).toBe(accuracy.value(state));
    if (taken) running.accept(from);
    else state.set(before);
  }
}

it.each([["without a link", null], ["under a link", SATURATING]] as const)("a value kept along a walk is the table's to the bit, %s", (_, link) => {
  fc.assert(fc.property(models("real", link), steps, requireSame), { numRuns: 200 });
});

it("and with a term across stages", () => {
  const crossed = models("real").map((model) => ({ ...model, accuracy: withCrossTerm(model.accuracy, model.space, 0.37) }));
  fc.assert(fc.property(crossed, steps, requireSame), { numRuns: 200 });
});
