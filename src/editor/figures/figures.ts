import type { Stage } from "../../engine/architecture.js";
import { withinBudget } from "../../engine/withinBudget.js";
import type { Path } from "../../shared/files/index.js";
import type { Estimate } from "../../shared/results.js";
import type { BlockFigures, Both, BudgetVerdict, Figures, Price, StageFigures } from "../types.js";
import { againstMean } from "./blocks.js";
import type { Model } from "./models.js";

/** A budget and where it stands. */
export interface Budget {
  readonly budget: number;
  readonly from: BudgetVerdict["from"];
  /** With which one measurement is to stay within it; null: on average. */
  readonly asked: number | null;
}

/** What two predictors say of an architecture that lies in their space. */
export function figuresOf({ accuracy, latency }: Both<Model>, stages: readonly Stage[], budget: Budget | null): Figures {
  return {
    accuracy: estimateOf(accuracy, stages),
    latency: estimateOf(latency, stages),
    baseline: accuracy.explained && latency.explained ? { accuracy: accuracy.explained.additive.baseline, latency: latency.explained.additive.baseline } : null,
    says: { accuracy: accuracy.says, latency: latency.says },
    verdict: budget === null ? null : verdictOf(latency, stages, budget),
    stages: stageFigures({ accuracy, latency }, stages),
  };
}

const estimateOf = ({ predictor }: Model, stages: readonly Stage[]): Estimate => ({ ...predictor.estimate(stages), unit: predictor.unit });

/** Whether a latency stays within a budget; where a probability is asked and can be told, with that probability. */
export function verdictOf({ predictor }: Model, stages: readonly Stage[], { budget, from, asked }: Budget): BudgetVerdict {
  const room = budget - predictor.value(stages);
  const probability = withinBudget(predictor, stages, budget);
  const within = room >= 0 && (asked === null || probability === null || probability >= asked - ROUNDING);
  return { budget, from, within, room, probability, asked };
}
/** A search writes the architecture that just holds the probability. */
const ROUNDING = 1e-6;

function stageFigures({ accuracy, latency }: Both<Model>, stages: readonly Stage[]): StageFigures[] {
  const value = accuracy.explained?.explainer.explain(stages).contributions;
  const time = latency.explained?.explainer.explain(stages).contributions;
  return stages.map(({ blocks }, index) => {
    const path = ["stages", index];
    return {
      path,
      name: accuracy.predictor.space.stages[index]!.width.toString(),
      contribution: value && time ? { accuracy: partOf(value[index]!), latency: partOf(time[index]!) } : null,
      blocks: blocks.map((_, block) => new LazyBlock([...path, "blocks", block], () => againstMean({ accuracy, latency }, stages, index, block))),
    };
  });
}

/** Of twenty blocks, a person looks at one. */
class LazyBlock implements BlockFigures {
  private made: Price | null | undefined;
  constructor(
    readonly path: Path,
    private readonly make: () => Price | null,
  ) {}

  get againstMean(): Price | null {
    return (this.made ??= this.make());
  }
}

const partOf = ({ value, interval }: { value: number; interval: [number, number] | null }) => ({ value, interval });
