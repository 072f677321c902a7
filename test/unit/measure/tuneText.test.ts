import { describe, expect, it } from "vitest";
import type { TuneResult } from "../../../src/shared/tune.js";
import { tuneSentences } from "../../../src/shared/tuneText.js";

interface Facts {
  stopped?: TuneResult["stopped"];
  measured?: Partial<NonNullable<TuneResult["measured"]>>;
  predicted?: number;
  gap?: number;
  suspect?: boolean;
  /** Of the confirming batches: whether their winner is the one of the run. */
  kept?: boolean[];
}

const reading = (latencyMs: number) => ({ latencyMs, rawMs: latencyMs, standardError: 0.01 });
const READINGS = { first: reading(9.78), confirmed: reading(9.82) };

/** A result of two rounds of two architectures, as far as the sentences read it. */
function told({ stopped = "agreed", measured = {}, predicted = 9.9, gap = 0, suspect = false, kept = [true] }: Facts): string {
  const round = { candidates: [{}, {}], error: 0.034, level: { factor: 1, disagreement: 0 }, suspect };
  const result = {
    stopped,
    budget: 10,
    predicted: { latency: { value: predicted, unit: "ms", interval: [predicted - 0.3, predicted + 0.3], extrapolated: false } },
    measured: { latencyMs: 9.8, rawMs: 9.8, standardError: 0.01, level: 1, withinInterval: true, underBudget: true, ...READINGS, ...measured },
    rounds: [round, { ...round, error: 0.008, suspect: false }],
    confirmations: kept.map((one) => ({ architectures: 2, level: { factor: 1, disagreement: 0 }, suspect: false, kept: one })),
    certificate: { optimum: null, gap, proved: true, reason: null },
  };
  return tuneSentences(result as unknown as TuneResult).join(" ");
}

describe("what a search with measuring says", () => {
  it("why it ended, and how far predicted and measured were apart", () => {
    expect(told({})).toBe(
      "4 architectures measured in 2 rounds: the winner is the optimum of the corrected predictors, and measures within its interval and the budget. " +
        "Measured once more, in another batch, it took 9.82 ms after 9.78 ms: 9.80 ms in the mean, which counts. " +
        "Before the correction measured and predicted differed by 3.4 % in the mean, in the last round by 0.8 %.",
    );
    expect(told({ gap: 0.03 })).toContain("lies 0.03 pp below the optimum of the corrected predictors, as good as equal");
    expect(told({ stopped: "rounds" })).toContain("the most that were asked for: predictor and measurement do not agree yet");
    expect(told({ stopped: "front" })).toContain("which is the whole front");
    expect(told({ stopped: "rounds", measured: { latencyMs: 10.5, underBudget: false } })).toMatch(/^None of 4 architectures measured in 2 rounds, .* within 10 ms; the fastest takes 10\.50 ms/);
  });

  it("where predicted and measured part, in the interval and at the budget", () => {
    expect(told({ measured: { latencyMs: 9.2, withinInterval: false } })).toContain("Predicted and measured part: 9.20 ms measured lies outside the interval of 9.60 ms to 10.20 ms.");
    expect(told({ predicted: 10.05 })).toContain("still says 10.05 ms, above the budget; the measurement says 9.80 ms, within it");
  });

  it("which winners a second batch did not confirm", () => {
    expect(told({ kept: [false, true] })).toContain("which counts. 1 other winner was measured once more as well, and gave way.");
    expect(told({ stopped: "rounds", kept: [false, false], measured: { confirmed: null } })).toMatch(/2 other winners were measured once more as well, and gave way\. No second batch confirms it/);
    expect(told({ stopped: "rounds", kept: [], measured: { confirmed: null, latencyMs: 10.5, underBudget: false } })).not.toMatch(/once more|confirms/);
  });

  it("that the machine has another speed today, or was busy", () => {
    expect(told({ measured: { rawMs: 19.6, level: 0.5 } })).toContain("Timed now it took 19.60 ms: by its references the machine needs 100.0 % more time than when it was profiled");
    expect(told({ measured: { rawMs: 4.9, level: 2 } })).toContain("50.0 % less time");
    expect(told({ suspect: true })).toContain("1 of 3 batches stayed suspect");
  });
});
