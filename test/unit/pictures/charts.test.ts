import { h, type ComponentType } from "preact";
import renderToString from "preact-render-to-string";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cookContour } from "../../../src/pictures/diagnostics/leverage.js";
import { DiagnosticsPicture } from "../../../src/pictures/diagnostics/diagnostics.js";
import { DifferencePicture } from "../../../src/pictures/difference.js";
import { EffectsPicture } from "../../../src/pictures/effects.js";
import { HeatmapsPicture } from "../../../src/pictures/heatmaps.js";
import { ImportancePicture } from "../../../src/pictures/importance.js";
import { placeLabels } from "../../../src/pictures/labels.js";
import { MovesPicture } from "../../../src/pictures/moves.js";
import { NearTiesPicture } from "../../../src/pictures/nearTies.js";
import { importanceSentence, marginalSentence } from "../../../src/shared/account.js";
import { diagnosticVerdicts } from "../../../src/shared/diagnosticsText.js";
import { toyDifference, toyExplanation, toyTies } from "../../panel/harness/toyExplanation.js";

const explanation = toyExplanation();
const draw = <P>(picture: (props: P) => unknown, props: NoInfer<P>): string => renderToString(h(picture as ComponentType<object>, props as object)).replaceAll("\u00a0", " ");
const numbers = (html: string, pattern: RegExp): number[] => [...html.matchAll(pattern)].map((found) => Number(found[1]));

describe("importance", () => {
  it("draws segments that add up to the shares, on one scale for both targets", () => {
    const html = draw(ImportancePicture, { shares: explanation.importance });
    const shares = [...explanation.importance.accuracy, ...explanation.importance.latency].map(({ share }) => share);
    const drawn = numbers(html, /class="segment (?:accuracy|latency)"[^>]*width="([\d.]+)%"/g).reduce((sum, width) => sum + width, 0);
    expect(drawn / 100).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / Math.max(...shares), 1);
    expect(html).toContain(importanceSentence("accuracy", explanation.importance.accuracy).replaceAll("\u00a0", " "));
  });
});

describe("effects", () => {
  it("draw one curve for every stage and choice", () => {
    const html = draw(EffectsPicture, { overview: explanation.overview, width: 720 });
    expect(html.match(/class="curve accuracy"/g)).toHaveLength(25);
    expect(html.match(/class="curve latency"/g)).toHaveLength(25);
    expect(draw(EffectsPicture, { overview: { accuracy: null, latency: explanation.overview.latency }, width: 720 })).not.toContain("curve accuracy");
  });

  it("stay inside the width, however narrow", () => {
    for (const width of [120, 358, 720, 1400]) {
      const html = draw(EffectsPicture, { overview: explanation.overview, width });
      expect(Math.max(...numbers(html, /<svg width="([\d.]+)"/g))).toBeLessThanOrEqual(width);
      const right = Math.max(...numbers(html, /translate\(([\d.]+) 0\)"><line/g));
      expect(right).toBeLessThan(width);
    }
  });
});

describe("heatmaps", () => {
  it("print every value signed, and tint within what text can bear", () => {
    const html = draw(HeatmapsPicture, { overview: explanation.overview });
    const most = explanation.overview.latency!.heatmaps[0]!.values[2]![3]!;
    expect(html).toContain(`>+${most.toFixed(1)}</td>`);
    const tints = numbers(html, /--tint:\s*(\d+)%/g);
    expect(tints).toHaveLength(2 * 5 * 12);
    expect(Math.min(...tints)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...tints)).toBe(40);
  });
});

describe("moves", () => {
  it("stand in groups, the most accurate first, cut where they are many", () => {
    const html = draw(MovesPicture, { moves: explanation.moves, onPick: () => {} });
    const over = explanation.moves.filter(({ verdict }) => verdict === "over budget");
    const best = [...over].sort((a, b) => b.accuracy.value - a.accuracy.value);
    const group = html.slice(html.indexOf("Over budget"));
    expect(group).toContain(`Show all ${over.length}`);
    expect(group.indexOf(best[0]!.change)).toBeLessThan(group.indexOf(best[1]!.change));
    expect(html).toContain('<button type="button" class="why-row pick"');
    expect(draw(MovesPicture, { moves: explanation.moves })).not.toContain("pick");
  });
});

describe("difference", () => {
  it("ends at B, in the rows and on the way", () => {
    const difference = toyDifference();
    const html = draw(DifferencePicture, { ...difference, width: 720 });
    expect(html).toContain(`>${difference.to.accuracy.toFixed(2)} %</b>`);
    expect(html.match(/class="stop( end)?"/g)).toHaveLength(6);
    expect(difference.path.at(-1)!.latency).toBeCloseTo(difference.to.latency, 9);
  });
});

describe("near-ties", () => {
  it("tell each one's figures against the optimum's", () => {
    const { optimum, ties } = toyTies();
    const html = draw(NearTiesPicture, { optimum, ties: [{ ...ties[0]!, blocks: optimum.blocks - 2, parameters: optimum.parameters * 0.9 }] });
    expect(html).toContain("<td>−2</td>");
    expect(html).toContain("<td>−10.0 %</td>");
  });
});

describe("diagnostics", () => {
  it("draw samples where they are kept, else tenths, and numbers for leverage", () => {
    const [kept, without] = [explanation.diagnostics.accuracy!, explanation.diagnostics.latency!];
    const html = draw(DiagnosticsPicture, { diagnostics: kept, card: explanation.predictors.accuracy, width: 720 });
    const verdicts = Object.values(diagnosticVerdicts(kept, explanation.predictors.accuracy)).filter((verdict) => verdict !== null);
    expect(verdicts.length).toBeGreaterThan(3);
    for (const { text } of verdicts) expect(html).toContain(text.replaceAll("\u00a0", " "));
    expect(html).toContain("for 150 samples");
    const bare = draw(DiagnosticsPicture, { diagnostics: without, card: explanation.predictors.latency, width: 720 });
    expect(bare).toContain("for 10 groups of samples");
    expect(bare).toContain(`(row ${without.cook.maxRow + 1})`);
  });

  it("survive a predictor of which little is known", () => {
    const bare = { ...explanation.diagnostics.latency!, bins: [], quantiles: [], learning: [], collinearity: [], points: [] };
    expect(draw(DiagnosticsPicture, { diagnostics: bare, card: explanation.predictors.latency, width: 400 })).toContain("Leverage");
  });

  it("place Cook's contours where the distance is what they say", () => {
    for (const [distance, leverage, terms] of [[0.5, 0.2, 11], [1, 0.05, 25]] as const) {
      const r = cookContour(distance, leverage, terms);
      expect((r ** 2 * leverage) / (terms * (1 - leverage))).toBeCloseTo(distance, 12);
    }
  });
});

describe("marginal", () => {
  const at = (below: number | null, above: number) => marginalSentence({ below, above }).replaceAll("\u00a0", " ");
  it("says what a millisecond buys and costs, and when there is nothing to buy", () => {
    expect(at(0.031, 0.027)).toBe("One more millisecond would buy +0.027 pp; one less would cost 0.031 pp.");
    expect(at(null, 0)).toBe("One more millisecond would buy nothing; one less is not to be had.");
    expect(at(0, 0)).toBe("One more millisecond would buy nothing; one less would cost nothing.");
  });
});

describe("labels", () => {
  it("never cover each other and stay inside the frame", () => {
    const frame = { left: 40, right: 700, top: 20, bottom: 220 };
    const point = fc.record({ x: fc.integer({ min: 40, max: 700 }), y: fc.integer({ min: 20, max: 220 }), text: fc.string({ minLength: 1, maxLength: 12 }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 8 }), (points) => {
        const placed = placeLabels(points, frame).flatMap((label, i) => (label === null ? [] : [{ ...label, right: label.x + points[i]!.text.length * 6 }]));
        for (const a of placed) {
          expect(a.x).toBeGreaterThanOrEqual(frame.left);
          expect(a.right).toBeLessThanOrEqual(frame.right);
          for (const b of placed) expect(a === b || Math.abs(a.y - b.y) >= 12 || a.right <= b.x || b.right <= a.x).toBe(true);
        }
      }),
    );
  });
});
