import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { bundleOf, LANGUAGES } from "../../../scripts/lib/l10n.mjs";
import { moves } from "../../../src/engine/explain/moves.js";
import { configureTexts, dateLanguage, language, t, textsElement } from "../../../src/shared/l10n.js";
import { toldText } from "../../../src/shared/toldText.js";
import { SPACES } from "./spaces.js";

afterEach(() => configureTexts(undefined));

describe("t", () => {
  it("is the identity without a bundle, and where a bundle lacks the text", () => {
    expect(t("Stage {0}, block {1}", "40", 2)).toBe("Stage 40, block 2");
    configureTexts({ "Stage {0}": "Stufe {0}" }, "de");
    expect(t("Stage {0}", 40)).toBe("Stufe 40");
    expect(t("Block {0}", 40)).toBe("Block 40");
    expect(t("constructor")).toBe("constructor");
    expect([language(), dateLanguage()]).toEqual(["de", "de"]);
    configureTexts(undefined, "fr");
    expect([language(), dateLanguage()]).toEqual(["en", "en-GB"]);
  });

  it("fills placeholders in any order, leaves those without an argument, and never fills an argument", () => {
    configureTexts({ "{0} of {1}": "{1}: {0}" }, "xx");
    expect(t("{0} of {1}", "{1}", "a $& b")).toBe("a $& b: {1}");
    expect(t("{0} of {1}", 1)).toBe("{1}: 1");
  });

  it("hands a page its texts so that none can end the element", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.constantFrom("</script>", "<!--", "<script>"), (some, bad) => {
        const texts = { ...some, [bad]: bad };
        const element = textsElement(texts);
        const [open, close] = ['<script type="application/json" id="texts">', "</script>\n"];
        expect(element.startsWith(open) && element.endsWith(close)).toBe(true);
        const inside = element.slice(open.length, -close.length);
        expect(inside).not.toContain("<");
        expect(JSON.parse(inside)).toEqual(JSON.parse(JSON.stringify(texts)));
      }),
    );
    expect(textsElement(undefined)).toBe("");
  });
});

/** As engine and worker write them: a sentence of each kind. */
const TOLD = [
  "fewest kernels of 7", "fewest blocks", "fewest parameters", "fewest multiply-adds", "one thread on the CPU", "4 threads work at once",
  "the execution provider dml does not work on the CPU alone", "CPU time moves in steps of 15.625 ms, too coarse for runs of 0.100 ms",
  "No architecture is predicted within the budget.", "A predictor has terms across stages, so the optimum cannot be proved by adding stages up.",
  "No architecture stays within the budget with 95 % probability.", "There are more architectures near the budget than could be looked at. None is above 75.512 %.",
  "batch 2 of 3: model 4 of 12", "batch 2 of 3: warmed up", "timing architectures 9 to 16: round 3 of 60; held-out error 1.4 %", "tracing every block: trace 3 of 25",
  "tracing every block: model 3 of 12 for its trace", "measuring 5 architectures, time 2 of at most 4: round 24 of 60", "measuring the winner once more, beside 2 more: round 1 of 60",
  "subnet 3 of 80 (largest): recalibrating batch-norm, image 64 of 500", "subnet 3 of 80 (a: b.foxnas.json): validating int8, image 64 of 2000", "subnet 1 of 2 (x): ranges, image 3 of 9",
];

describe("what engine and worker say", () => {
  it("stays as it is in English", () => {
    for (const text of [...TOLD, "something else", "a: b"]) expect(toldText(text)).toBe(text);
    for (const { space, stages } of SPACES) for (const { change } of moves(space, stages)) expect(toldText(change)).toBe(change);
  });

  it.each(LANGUAGES)("is known in %s, with its numbers and names", (tag) => {
    configureTexts(bundleOf(tag), tag);
    const changes = SPACES.flatMap(({ space, stages }) => moves(space, stages).map(({ change }) => change));
    expect(changes.length).toBeGreaterThan(50);
    for (const text of [...TOLD, ...changes]) {
      const said = toldText(text);
      expect(said).not.toBe(text);
      const numbers = (of: string) => of.match(/\d+(?:\.\d+)?/g) ?? [];
      expect(numbers(said), text).toEqual(expect.arrayContaining(numbers(text)));
      expect(said, text).not.toMatch(/\b(?:stage|block|blocks|expand|fewest|measuring|timing|tracing|subnet|image|round|model|of)\b/);
    }
  });
});
