import type { Architecture } from "../../engine/architecture.js";
import { Explainer } from "../../engine/explain/explainer.js";
import type { Landscape } from "../../engine/landscape.js";
import type { Predictor } from "../../engine/predictor.js";
import { architectureCount, stageSides } from "../../engine/space.js";
import type { Architecture as ArchitectureData } from "../../shared/architecture.js";
import { spaceCard } from "../../shared/cards.js";
import type { Contributions, Estimate, Point, SearchResult } from "../../shared/results.js";
import type { Inputs } from "./inputs.js";

/** A predicted value with unit, interval and the extrapolation mark. */
export function estimateOf(predictor: Predictor, architecture: Pick<Architecture, "stages">): Estimate {
  return { ...predictor.estimate(architecture.stages), unit: predictor.unit };
}

/** Says everything the panel shows about architectures of one landscape. */
export class Describer {
  private readonly explainers: { accuracy: Explainer; latency: Explainer } | null;

  constructor(
    private readonly inputs: Inputs,
    landscape: Landscape,
  ) {
    this.explainers = landscape.additive
      ? { accuracy: new Explainer(inputs.accuracy), latency: new Explainer(inputs.latency) }
      : null;
  }

  /** Predicted values alone: a front has a thousand points, and whoever looks at one can take it apart. */
  bare(architecture: Architecture): Point {
    return {
      architecture: copyOf(architecture),
      accuracy: estimateOf(this.inputs.accuracy, architecture),
      latency: estimateOf(this.inputs.latency, architecture),
      why: null,
    };
  }

  point(architecture: Architecture): Point {
    return {
      ...this.bare(architecture),
      why:
        this.explainers === null
          ? null
          : {
              accuracy: contributionsOf(this.explainers.accuracy, architecture),
              latency: contributionsOf(this.explainers.latency, architecture),
            },
    };
  }
}

function contributionsOf(explainer: Explainer, { stages }: Architecture): Contributions {
  const { baseline, contributions } = explainer.explain(stages);
  return { baseline, stages: contributions.map(({ stage, value, interval }) => ({ stage, value, interval })) };
}

export function copyOf({ resolution, stages }: Architecture): ArchitectureData {
  return {
    resolution,
    stages: stages.map(({ width, blocks }) => ({
      width,
      blocks: blocks.map(({ expand, kernel }) => ({ expand, kernel })),
    })),
  };
}

/** What a picture of the space's architectures needs. */
export function spaceCardOf({ space, resolution }: Pick<Inputs, "space" | "resolution">): SearchResult["space"] {
  return spaceCard(space, stageSides(space, resolution), architectureCount(space));
}
