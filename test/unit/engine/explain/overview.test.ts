import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Stage } from "../../../../src/engine/architecture.js";
import { tCritical } from "../../../../src/engine/distributions.js";
import { Explainer } from "../../../../src/engine/explain/explainer.js";
import { importanceOf } from "../../../../src/engine/explain/importance.js";
import { overviewOf } from "../../../../src/engine/explain/overview.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import { add, gap, linked, models, SATURATING, stagesOf, withCrossTerm } from "../helpers.js";
import { OverviewSchema, TargetExplanationSchema, type Overview, type TargetExplanation } from "../../../../src/shared/explanation.js";
import { BUILT_IN, FOXNAS } from "../published.js";
import { combine, Enumeration, mixedModels } from "./helpers.js";

type Blocks = Stage["blocks"];

describe("an overview", () => {
  it.each([["no link", null], ["a link", SATURATING]] as const)("gives means over all architectures that have the choice, %s", (_, link) => {
    fc.assert(
      fc.property(mixedModels(link), ({ space, accuracy }) => {
        const enumeration = new Enumeration(space, accuracy);
        const overview = overviewOf(new Predictor(space, accuracy))!;
        const mean = enumeration.mean(() => true);
        const baseline = linked(link, enumeration.eta(mean));
        const critical = tCritical(0.95, accuracy.fit!.dof);
        expect(overview.unit).toBe("%");
        expect(gap(overview.baseline, baseline)).toBeLessThan(1e-9);
        expect(overview.effects).toHaveLength(5 * space.stages.length);
        space.stages.forEach((stage, s) => {
          const given = (holds: (blocks: Blocks) => boolean) => enumeration.mean((stages) => holds(stages[s]!.blocks));
          /** Depths are drawn first, so they weigh the same however few blocks fulfil a condition. */
          const byDepth = (holds: (blocks: Blocks) => boolean) =>
            combine(...stage.depth.map((depth): [number, number[]] => [1 / stage.depth.length, given((blocks) => blocks.length === depth && holds(blocks))]));
          const expected = {
            depth: (choice: number) => given((blocks) => blocks.length === choice),
            "transition expand": (choice: number) => given((blocks) => blocks[0]!.expand === choice),
            "transition kernel": (choice: number) => given((blocks) => blocks[0]!.kernel === choice),
            expand: (choice: number) => byDepth((blocks) => blocks.slice(1).every(({ expand }) => expand === choice)),
            kernel: (choice: number) => byDepth((blocks) => blocks.slice(1).every(({ kernel }) => kernel === choice)),
          };
          const effects = overview.effects.slice(5 * s, 5 * s + 5);
          expect(effects.map(({ what }) => what)).toEqual(Object.keys(expected));
          for (const { stage: name, what, points } of effects) {
            expect(name).toBe(String(stage.width));
            expect(points.map(({ choice }) => choice)).toEqual(what === "depth" ? stage.depth : what.endsWith("expand") ? stage.expand : stage.kernel);
            for (const { choice, value, interval } of points) {
              const row = expected[what](choice);
              expect(gap(value, linked(link, enumeration.eta(row)))).toBeLessThan(1e-9);
              expect(gap(add(interval!) / 2, value)).toBeLessThan(1e-9);
              const difference = combine([1, row], [-1, mean]);
              const change = enumeration.eta(difference);
              if (link !== null && Math.abs(change) < 1e-3) continue;
              const slope = link === null ? 1 : (value - baseline) / change;
              expect(gap((interval![1] - interval![0]) / 2, critical * enumeration.error(difference) * slope)).toBeLessThan(1e-7);
            }
          }
          const heatmap = overview.heatmaps[s]!;
          expect([heatmap.stage, heatmap.depth, heatmap.expand]).toEqual([String(stage.width), stage.depth, stage.expand]);
          stage.depth.forEach((depth, d) =>
            stage.expand.forEach((ratio, e) => {
              const row = given((blocks) => blocks.length === depth && blocks.every(({ expand }) => expand === ratio));
              expect(gap(heatmap.values[d]![e]!, linked(link, enumeration.eta(row)) - baseline)).toBeLessThan(1e-9);
            }),
          );
        });
      }),
      { numRuns: 60 },
    );
  });

  it("agrees with the explanation of an architecture and with the shares of the variance", () => {
    fc.assert(
      fc.property(mixedModels(null).chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space))), ([{ space, accuracy }, stages]) => {
        const predictor = new Predictor(space, accuracy);
        const overview = overviewOf(predictor)!;
        const { baseline, contributions } = new Explainer(predictor).explain(stages);
        const { deviation, shares } = importanceOf(predictor);
        expect({ baseline: overview.baseline, deviation: overview.deviation, importance: overview.importance }).toEqual({ baseline, deviation, importance: shares });
        contributions.forEach(({ parts }, s) => {
          const point = overview.effects[5 * s]!.points.find(({ choice }) => choice === stages[s]!.blocks.length)!;
          expect(gap(point.value - baseline, parts.depth.value)).toBeLessThan(1e-9);
          expect(gap(point.interval![0] - baseline, parts.depth.interval![0])).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 30 },
    );
  });

  it("and an explanation cross the border as they are", () => {
    const predictors = { accuracy: new Predictor(FOXNAS, BUILT_IN.accuracy), latency: new Predictor(FOXNAS, BUILT_IN.latency) };
    const overview: Overview = { accuracy: overviewOf(predictors.accuracy), latency: overviewOf(predictors.latency) };
    expect(v.parse(OverviewSchema, overview)).toEqual(overview);
    fc.assert(
      fc.property(stagesOf(FOXNAS), (stages) => {
        const explanation: TargetExplanation = new Explainer(predictors.accuracy).explain(stages);
        expect(v.parse(TargetExplanationSchema, explanation)).toEqual(explanation);
      }),
      { numRuns: 5 },
    );
  });

  it("has no intervals without a covariance, and does not exist for a predictor with terms across stages", () => {
    fc.assert(
      fc.property(models("exact"), ({ space, accuracy }) => {
        const { effects } = overviewOf(new Predictor(space, accuracy))!;
        expect(effects.flatMap(({ points }) => points).every(({ interval }) => interval === null)).toBe(true);
        if (space.stages.length > 1) expect(overviewOf(new Predictor(space, withCrossTerm(accuracy, space, 1)))).toBeNull();
      }),
      { numRuns: 20 },
    );
  });
});
