import type { Block, Stage } from "../architecture.js";
import { linkSecant } from "../link.js";
import type { Predictor } from "../predictor.js";
import { AdditiveModel, type StageModel } from "./additive.js";
import { partOf, type Choice, type Part, type PerChoice, type Shift } from "./part.js";

export interface StagePart extends Part {
  readonly stage: string;
  readonly parts: PerChoice<Part>;
}

/** `baseline` (the space's mean) + the sum of the contributions = `value`, and the parts of a stage add up to it. */
export interface TargetExplanation {
  /** % or ms, as `unit` says */
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly contributions: StagePart[];
}

/** Prediction of one architecture minus that of another, by stage: they add up to `value`. */
export interface Difference extends Part {
  readonly unit: string;
  readonly contributions: (Part & { readonly stage: string })[];
}

/**
 * Takes predictions apart. On the scale of the link's argument (eta) an additive predictor splits by itself: a stage's
 * share is its part minus the part's mean over the space (architectures drawn as by randomArchitecture). Inside a stage
 * the split is that of the functional ANOVA (Hooker 2007) with the depth first, since it opens the other choices:
 * E[f|depth] - E[f]; then E[f|depth, choice] - E[f|depth] for the transition block, the other blocks' expand ratios
 * and their kernel sizes; then what remains. Through a link all are scaled by the secant slope from the mean to the
 * prediction: the Aumann-Shapley value (integrated gradients) of a monotone function of a sum, exact and summing exactly.
 */
export class Explainer {
  private readonly model: AdditiveModel;
  /** A front repeats few choices of a stage in many architectures. */
  private readonly known: readonly WeakMap<readonly Block[], StageShift>[];

  /**
   * @throws TypeError where the predictor has terms across stages
   * @throws ModelError where a stage has more than 400,000 choices that a term can tell apart
   */
  constructor(private readonly predictor: Predictor) {
    this.model = new AdditiveModel(predictor);
    this.known = this.model.stages.map(() => new WeakMap());
  }

  explain(stages: readonly Stage[]): TargetExplanation {
    const { model, predictor } = this;
    const shifts = stages.map(({ blocks }, index) => this.shiftOf(index, blocks));
    const eta = shifts.reduce((sum, { whole }) => sum + whole.value, model.meanEta);
    const slope = linkSecant(predictor.link, model.meanEta, eta);
    return {
      value: predictor.value(stages),
      unit: predictor.unit,
      baseline: model.baseline,
      contributions: shifts.map(({ whole, parts }, index) => ({
        stage: model.stages[index]!.name,
        ...partOf(whole, slope),
        parts: mapChoices(parts, (shift) => partOf(shift, slope)),
      })),
    };
  }

  /** Which stages make up prediction(to) - prediction(from); through a link by the secant between the two. */
  difference(from: readonly Stage[], to: readonly Stage[]): Difference {
    const { predictor } = this;
    const slope = linkSecant(predictor.link, predictor.eta(from), predictor.eta(to));
    const contributions = this.model.stages.map((model, index) => {
      const [before, after] = [from, to].map((stages) => rowOf(model, stages[index]!.blocks)) as [Float64Array, Float64Array];
      return { stage: model.name, ...partOf(model.shift(before, after), slope) };
    });
    const { uncertainty } = predictor;
    const value = contributions.reduce((sum, part) => sum + part.value, 0);
    const half = uncertainty === null ? null : uncertainty.confidenceHalfWidth(minus(uncertainty.row(to), uncertainty.row(from))) * slope;
    return { value, interval: half === null ? null : [value - half, value + half], unit: predictor.unit, contributions };
  }

  private shiftOf(stage: number, blocks: readonly Block[]): StageShift {
    const known = this.known[stage]!.get(blocks) ?? stageShift(this.model.stages[stage]!, blocks);
    this.known[stage]!.set(blocks, known);
    return known;
  }
}

interface StageShift {
  readonly whole: Shift;
  readonly parts: PerChoice<Shift>;
}

function stageShift(model: StageModel, blocks: readonly Block[]): StageShift {
  const { means } = model;
  const depth = blocks.length;
  const [transition, ...others] = blocks;
  const alike = (field: keyof Block) => others.map((block) => means.options.filter((option) => option[field] === block[field]));
  const row = rowOf(model, blocks);
  const mean = means.given(depth);
  const given = {
    transition: means.given(depth, [transition!]),
    expand: means.given(depth, undefined, alike("expand")),
    kernel: means.given(depth, undefined, alike("kernel")),
  };
  const apart = mean.map((value, t) => given.transition[t]! + given.expand[t]! + given.kernel[t]! - 2 * value);
  return {
    whole: model.shift(means.overall, row),
    parts: {
      depth: model.shift(means.overall, mean),
      transition: model.shift(mean, given.transition),
      expand: model.shift(mean, given.expand),
      kernel: model.shift(mean, given.kernel),
      together: model.shift(apart, row),
    },
  };
}

/** The stage's terms for these very blocks. */
const rowOf = ({ means }: StageModel, [transition, ...others]: readonly Block[]): Float64Array =>
  means.given(others.length + 1, [transition!], others.map((block) => [block]));

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!);

function mapChoices<T, U>(of: PerChoice<T>, to: (value: T) => U): PerChoice<U> {
  const entries = Object.entries(of) as [Choice, T][];
  return Object.fromEntries(entries.map(([choice, value]) => [choice, to(value)])) as PerChoice<U>;
}
