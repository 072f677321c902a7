import type { Stage } from "../architecture.js";
import type { Predictor } from "../predictor.js";
import { stageDistance } from "../distance.js";

/** One stage changed over to its new choice. */
export interface PathStep {
  /** Index of the stage. */
  readonly stage: number;
  /** Predictions after the step, % and ms. */
  readonly accuracy: number;
  readonly latency: number;
  readonly stages: Stage[];
}

/**
 * The ablation path from one architecture to another (Fawcett and Hoos 2016; as in DeepCAVE): of the stages that still
 * differ, the one whose change gives the highest accuracy goes next; at equal accuracy the one with less latency. Stages
 * that do not differ have no step, and the last step is at `to`.
 */
export function ablationPath(accuracy: Predictor, latency: Predictor, from: readonly Stage[], to: readonly Stage[]): PathStep[] {
  const path: PathStep[] = [];
  const left = new Set([...to.keys()].filter((stage) => stageDistance(from[stage]!.blocks, to[stage]!.blocks) > 0));
  for (let stages = from; left.size > 0; stages = path[path.length - 1]!.stages) {
    const steps = Array.from(left, (stage): PathStep => {
      const next = stages.with(stage, to[stage]!);
      return { stage, accuracy: accuracy.value(next), latency: latency.value(next), stages: next };
    });
    const step = steps.reduce((best, other) => (isBefore(other, best) ? other : best));
    left.delete(step.stage);
    path.push(step);
  }
  return path;
}

const isBefore = (a: PathStep, b: PathStep): boolean =>
  a.accuracy === b.accuracy ? a.latency < b.latency : a.accuracy > b.accuracy;
