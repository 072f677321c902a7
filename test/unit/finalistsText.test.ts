import { describe, expect, it } from "vitest";
import { flatterySentence, roundsOf, stoppedSentence } from "../../src/shared/finalistsText.js";
import type { FinalistsResult } from "../../src/shared/supernet.js";

const finalists = (...triples: [measured: number, predicted: number, round?: number][]): Pick<FinalistsResult, "finalists"> => ({
  finalists: triples.map(([measured, predicted, round = 1]) => ({ round, measured: { top1: { value: measured } }, predicted: { accuracy: { value: predicted } } }) as FinalistsResult["finalists"][number]),
});

describe("how far finalists lie off their predictions", () => {
  it.each([
    [finalists(), ""],
    [finalists([88, 88.05], [87, 86.95]), "On average they measured as predicted."],
    [finalists([88, 88.4], [87, 87.2]), "On average they measured 0.30\u00a0pp below their predictions."],
    [finalists([88, 90], [87, 88]), "On average they measured 1.50\u00a0pp below their predictions: a search picks what its predictor flatters, so trust what was measured."],
    [finalists([88, 91], [87, 89.5, 1], [89, 89.2, 2]), "Measured less predicted, on average: −2.75\u00a0pp in the first round, −0.20\u00a0pp in round 2, with the predictor corrected."],
    [finalists([90, 88]), "On average they measured 2.00\u00a0pp above their predictions."],
  ])("is told in one sentence", (result, sentence) => {
    expect(flatterySentence(result)).toBe(sentence);
  });
});

describe("rounds", () => {
  const two = finalists([89, 89.2, 2], [88, 91], [87, 89.5, 1]);
  it("are told in their order, whatever the order of the finalists", () => {
    expect(roundsOf(two).map(({ finalists: n, best }) => [n, best])).toEqual([[2, 88], [1, 89]]);
    expect(roundsOf(two)[0]!.gap).toBeCloseTo(-2.75, 12);
  });
  it.each([
    [two, "agreed", /is among them, so the rounds ended with number 2/],
    [two, "rounds", /rounds are used up/],
    [finalists([88, 88]), "agreed", /no second round was needed/],
    [finalists([88, 88]), "rounds", /^$/],
  ] as const)("say why they ended", (result, stopped, sentence) => {
    expect(stoppedSentence({ ...result, stopped })).toMatch(sentence);
  });
});
