import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../../../src/editor/compare/index.js";
import type { Comparison } from "../../../../src/shared/comparison.js";
import { comparisonMarkdown } from "../../../../src/shared/comparisonMarkdown.js";
import { comparisonSentences } from "../../../../src/shared/comparisonText.js";
import { stagesOf } from "../../engine/helpers.js";
import { builtInModel, FOXNAS, LARGE, sideOf, SMALL, stages } from "./sides.js";

const model = builtInModel();
const said = (comparison: Comparison): string => comparisonSentences(comparison).join(" ").replaceAll("\u00a0", " ");
const between = (a: string, b: string, budget: number | null = null) => compare(sideOf("a.foxnas.json", stages(a), model), sideOf("b.foxnas.json", stages(b), model), budget);

describe("what sums a comparison up", () => {
  it("names both differences, who buys the accuracy and who takes the time", () => {
    const text = said(between(SMALL, LARGE));
    const comparison = between(SMALL, LARGE);
    const { accuracy, latency } = comparison.total!;
    expect(text).toContain(`B is ${accuracy.value.toFixed(2)} pp more accurate and ${latency.value.toFixed(1)} ms slower than A.`);
    expect(text).toMatch(/Stage 160 buys most of the accuracy: \+\d\.\d\d pp at \+[\d.]+ ms\./);
    expect(said(between(LARGE, SMALL))).toMatch(/^B is [\d.]+ pp less accurate and [\d.]+ ms faster than A\. Stage 160 loses most of the accuracy/);
  });

  it("tells how both stand to the budget", () => {
    const { a, b } = between(SMALL, LARGE);
    const [low, high] = [a.predicted!.latency.value, b.predicted!.latency.value];
    const text = said(between(SMALL, LARGE, (low + high) / 2));
    expect(text).toMatch(/A is within the budget of [\d.]+ ms, [\d.]+ ms to spare\. B is over the budget of [\d.]+ ms by [\d.]+ ms\./);
    expect(said(between(SMALL, LARGE, high - 0.01))).toContain("by 0.010 ms, but the interval of its prediction reaches across it.");
  });

  it("says of the same that it is the same", () => {
    expect(said(between(SMALL, SMALL))).toBe("A and B are the same architecture.");
  });

  it("never calls a difference certain whose interval holds 0", () => {
    const pairs = fc.tuple(stagesOf(FOXNAS), stagesOf(FOXNAS));
    fc.assert(
      fc.property(pairs, fc.boolean(), ([from, whole], near) => {
        // One stage alone brings small differences.
        const to = near ? from.with(0, whole[0]!) : whole;
        const comparison = compare(sideOf("a", from, model), sideOf("b", to, model), null);
        const text = said(comparison);
        const { accuracy, latency } = comparison.total!;
        const sure = ({ interval }: typeof accuracy) => interval![0] > 0 || interval![1] < 0;
        if (!comparison.stages.some(({ differs }) => differs)) return;
        expect(/more accurate|less accurate/.test(text)).toBe(sure(accuracy));
        expect(/slower|faster/.test(text)).toBe(sure(latency));
        if (sure(accuracy)) expect(text.includes("more accurate")).toBe(accuracy.value > 0);
        if (sure(latency)) expect(text.includes("slower")).toBe(latency.value > 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("as Markdown", () => {
  it("is one table of predictions and one of changes, whose rows have as many cells as their heads", () => {
    const text = comparisonMarkdown(between(SMALL, LARGE, 120));
    const tables = text.split("\n\n").filter((part) => part.startsWith("|")).map((part) => part.split("\n"));
    expect(tables).toHaveLength(2);
    for (const rows of tables) for (const row of rows) expect(row.split("|").length).toBe(rows[0]!.split("|").length);
    // A row for every stage that differs, every block that differs, and the total.
    const changed = between(SMALL, LARGE).stages.filter(({ differs }) => differs);
    const blocks = changed.flatMap((stage) => stage.blocks).filter(({ status }) => status !== "same");
    expect(tables[1]!.length - 2).toBe(changed.length + blocks.length + 1);
    expect(text).toContain("| block 3 | added e4 k5 |");
    expect(text).toContain("e4 k5 → e6 k7");
    expect(text).toContain("Raspberry Pi 4");
  });

  it("takes names for what they are: text", () => {
    const text = comparisonMarkdown({ ...between(SMALL, LARGE), a: { ...between(SMALL, LARGE).a, title: "x|y\n<img>*" } });
    expect(text).toContain("**A** x\\|y \\<img\\>\\* → **B** b.foxnas.json");
  });
});
