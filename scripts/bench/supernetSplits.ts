import { fitWithCeiling } from "../../src/engine/accuracy/ceiling.js";
import { kendallTau } from "../../src/engine/crossValidation.js";
import { formOf } from "../../src/engine/forms.js";
import { Predictor } from "../../src/engine/predictor.js";
import { Random } from "../../src/engine/random.js";
import { coefficientsOf } from "../../src/engine/regression.js";
import type { Space } from "../../src/shared/space.js";
import type { Evaluated } from "../../src/shared/supernet.js";

const SPLITS = 200;

/** Of one random split: Kendall's tau of the predictor on those held out, and of their multiply-adds. */
export interface Split {
  readonly tau: number;
  readonly multiplyAddsTau: number;
}

/**
 * Which 40 are held out decides a tau within some 0.04 either way. So all measured subnets are split anew at random, 200
 * times, and a predictor is fitted to one part and judged on the other, as `evaluate` does it.
 */
export function randomSplits(space: Space, subnets: readonly Evaluated[], { samples, heldOut }: { samples: number; heldOut: number }): Split[] {
  const random = Random.seeded(5);
  const form = formOf("accuracy", "log-saturating");
  const measured = subnets.map(({ stages, fp32, multiplyAdds }) => ({ stages, value: fp32!.top1.value, multiplyAdds }));
  return Array.from({ length: SPLITS }, () => {
    const drawn = random.permutation(measured.length).map((i) => measured[i]!);
    const [fitted, outs] = [drawn.slice(0, samples), drawn.slice(samples, samples + heldOut)];
    const { form: own, fitting } = fitWithCeiling(space, form, fitted, 1);
    const predictor = new Predictor(space, { target: "accuracy", unit: "%", space: space.id, link: own.link, ...coefficientsOf(fitting.fit) });
    const actual = outs.map(({ value }) => value);
    return {
      tau: kendallTau(actual, outs.map(({ stages }) => predictor.value(stages))),
      multiplyAddsTau: kendallTau(actual, outs.map(({ multiplyAdds }) => multiplyAdds)),
    };
  });
}
