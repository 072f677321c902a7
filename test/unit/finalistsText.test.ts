import { describe, expect, it } from "vitest";
import { flatterySentence } from "../../src/shared/finalistsText.js";
import type { FinalistsResult } from "../../src/shared/supernet.js";

const finalists = (...pairs: [number, number][]): Pick<FinalistsResult, "finalists"> => ({
  finalists: pairs.map(([measured, predicted]) => ({ measured: { top1: { value: measured } }, predicted: { accuracy: { value: predicted } } }) as FinalistsResult["finalists"][number]),
});

describe("how far finalists lie off their predictions", () => {
  it.each([
    [finalists(), ""],
    [finalists([88, 88.05], [87, 86.95]), "On average they measured as predicted."],
    [finalists([88, 88.4], [87, 87.2]), "On average they measured 0.30\u00a0pp below their predictions."],
    [finalists([88, 90], [87, 88]), "On average they measured 1.50\u00a0pp below their predictions: a search picks what its predictor flatters, so trust what was measured."],
    [finalists([90, 88]), "On average they measured 2.00\u00a0pp above their predictions."],
  ])("is told in one sentence", (result, sentence) => {
    expect(flatterySentence(result)).toBe(sentence);
  });
});
