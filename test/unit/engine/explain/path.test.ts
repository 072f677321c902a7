import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../../../src/engine/explain/changes.js";
import { ablationPath } from "../../../../src/engine/explain/path.js";
import { Predictor } from "../../../../src/engine/predictor.js";
import { add, gap, models, SATURATING, stagesOf, valueOf, withCrossTerm, type Model } from "../helpers.js";

const anyModel: fc.Arbitrary<Model> = fc
  .tuple(fc.oneof(models("real"), models("exact"), models("tenths"), models("real", SATURATING)), fc.boolean())
  .map(([model, across]) => (across && model.space.stages.length > 1 ? { ...model, accuracy: withCrossTerm(model.accuracy, model.space, 0.03) } : model));
const anyCase = anyModel.chain((model) => fc.tuple(fc.constant(model), stagesOf(model.space), stagesOf(model.space)));

describe("the ablation path", () => {
  it("changes one stage a step, the best first, and ends where it should", () => {
    fc.assert(
      fc.property(anyCase, ([model, from, to]) => {
        const path = ablationPath(new Predictor(model.space, model.accuracy), new Predictor(model.space, model.latency), from, to);
        const differing = from.flatMap(({ blocks }, s) => (JSON.stringify(blocks) === JSON.stringify(to[s]!.blocks) ? [] : [s]));
        expect(path.map(({ stage }) => stage).sort()).toEqual(differing);
        let stages = from;
        const left = new Set(differing);
        for (const step of path) {
          const options = [...left].map((s) => stages.with(s, to[s]!));
          const best = Math.max(...options.map((option) => valueOf(model.accuracy, option)));
          expect(gap(step.accuracy, best)).toBeLessThan(1e-9);
          const tied = options.filter((option) => valueOf(model.accuracy, option) === best);
          const least = Math.min(...tied.map((option) => valueOf(model.latency, option)));
          if (options.every((option) => tied.includes(option) || valueOf(model.accuracy, option) < best - 1e-9)) expect(gap(step.latency, least)).toBeLessThan(1e-9);
          expect(step.stages).toEqual(stages.with(step.stage, to[step.stage]!));
          expect(gap(step.accuracy, valueOf(model.accuracy, step.stages))).toBeLessThan(1e-9);
          expect(gap(step.latency, valueOf(model.latency, step.stages))).toBeLessThan(1e-9);
          left.delete(step.stage);
          stages = step.stages;
        }
        expect(changesBetween(model.space, stages, to)).toEqual([]);
        const before = [valueOf(model.accuracy, from), ...path.map(({ accuracy }) => accuracy)];
        const gains = path.map(({ accuracy }, i) => accuracy - before[i]!);
        expect(gap(add(gains), valueOf(model.accuracy, to) - valueOf(model.accuracy, from))).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });
});
