import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block } from "../../../../src/engine/architecture.js";
import { StageMeans } from "../../../../src/engine/explain/stageMeans.js";
import type { StageSpace } from "../../../../src/engine/space.js";
import { readVariable, type Statistic, type Term, type Variable } from "../../../../src/engine/variables.js";
import { add, gap, sequencesOf, smallSpaces } from "../helpers.js";

const variable = (name: string, statistic: Statistic | null, value: Variable["value"]): Variable => ({ name, stage: 0, statistic, value });
/** Nothing here is affine in the sum, nor free of the depth. */
const VARIABLES: Variable[] = [
  variable("root of depth", null, (depth) => Math.sqrt(depth)),
  variable("e to the k", null, (depth, block) => block.expand ** (block.kernel / 3) / depth),
  variable("square of e", "e", (_, __, sum) => sum ** 2),
  variable("bell of k", "k", (depth, _, sum) => Math.exp(-((sum - 3 * depth) ** 2) / 9)),
  variable("wave of log e", "logE", (depth, _, sum) => Math.sin(2 * sum + depth)),
  variable("ceiling of ekk", "ekk", (_, __, sum) => Math.ceil(sum / 7)),
];
const terms: fc.Arbitrary<Term[]> = fc.array(
  fc.subarray(VARIABLES, { minLength: 1, maxLength: 4 }).map((variables) => ({ name: variables.map(({ name }) => name).join(":"), variables, stage: 0 })),
  { minLength: 1, maxLength: 6 },
);
const stages: fc.Arbitrary<StageSpace> = smallSpaces.map((space) => space.stages[0]!);
const readTerm = ({ variables }: Term, blocks: readonly Block[]) => variables.reduce((product, each) => product * readVariable(each, blocks), 1);

describe("means of a stage's terms", () => {
  it("equal those over all its sequences, whatever a term makes of the sums", () => {
    fc.assert(
      fc.property(stages, terms, (stage, some) => {
        const means = new StageMeans(stage, some);
        const sequences = sequencesOf(stage);
        const options = stage.expand.length * stage.kernel.length;
        some.forEach((term, t) => {
          const overall = add(sequences.map((blocks) => readTerm(term, blocks) / stage.depth.length / options ** blocks.length));
          expect(gap(means.overall[t]!, overall)).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("equal those over the sequences left, where blocks are drawn from some choices only", () => {
    const drawn = fc.tuple(stages, terms).chain(([stage, some]) => {
      const options = fc.subarray(stage.expand.flatMap((expand) => stage.kernel.map((kernel) => ({ expand, kernel }))), { minLength: 1 });
      return fc.constantFrom(...stage.depth).chain((depth) => fc.tuple(fc.constant(stage), fc.constant(some), fc.array(options, { minLength: depth, maxLength: depth })));
    });
    const among = (options: readonly Block[], { expand, kernel }: Block) => options.some((option) => option.expand === expand && option.kernel === kernel);
    fc.assert(
      fc.property(drawn, ([stage, some, [transition, ...others]]) => {
        const depth = others.length + 1;
        const means = new StageMeans(stage, some);
        const of = sequencesOf(stage).filter((blocks) => blocks.length === depth);
        const mean = (term: Term, left: Block[][]) => add(left.map((blocks) => readTerm(term, blocks))) / left.length;
        const first = of.filter((blocks) => among(transition!, blocks[0]!));
        const rest = of.filter((blocks) => others.every((options, i) => among(options, blocks[i + 1]!)));
        some.forEach((term, t) => {
          expect(gap(means.given(depth)[t]!, mean(term, of))).toBeLessThan(1e-9);
          expect(gap(means.given(depth, transition)[t]!, mean(term, first))).toBeLessThan(1e-9);
          expect(gap(means.given(depth, undefined, others)[t]!, mean(term, rest))).toBeLessThan(1e-9);
          expect(gap(means.given(depth, transition, others)[t]!, mean(term, rest.filter((blocks) => first.includes(blocks))))).toBeLessThan(1e-9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("are refused where there are too many sums", () => {
    const expand = Array.from({ length: 100 }, (_, i) => 1 + Math.sqrt(i) * Math.PI);
    const stage = { width: 24, stride: 1, squeezeExcite: false, depth: [2, 5], expand, kernel: [3] };
    expect(() => new StageMeans(stage, [{ name: "square", variables: [VARIABLES[2]!], stage: 0 }])).toThrow(
      expect.objectContaining({ name: "ModelError", what: "stage 24 has too many choices to tabulate" }) as Error,
    );
  });
});
