import { encodeArchitecture, type Architecture } from "../../engine/architecture.js";
import { criterionOf, type Criterion } from "../../engine/criterion.js";
import { architectureDistance, distancesFrom } from "../../engine/distance.js";
import type { Landscape, State } from "../../engine/landscape.js";
import { NearTieList, type Listed } from "../../engine/nearTieList.js";
import { stageSides } from "../../engine/space.js";
import { blockCosts, costsOf, type Costs } from "../../onnx/costs.js";
import { NetworkError } from "../../onnx/errors.js";
import { blockOf, networkOf } from "../../onnx/space.js";
import type { Figures, ListedTie, NearTies } from "../../shared/results.js";
import type { Space } from "../../shared/space.js";
import { copyOf } from "./describe.js";
import type { Inputs } from "./inputs.js";

/** Most different groups in the table; the fastest and the criteria's extremes come on top. */
const MOST_DIFFERENT = 11;

type Described = Pick<NearTies, "largestKernel" | "optimum" | "listed">;

/** Collects the near-ties of one optimum, and says what a person chooses by. */
export class NearTieTable {
  readonly list: NearTieList;
  private readonly criteria: readonly { readonly why: string; readonly criterion: Criterion }[];
  private readonly largestKernel: number;

  private constructor(
    private readonly inputs: Inputs,
    private readonly landscape: Landscape,
    private readonly optimum: State,
    confirms: (state: State) => boolean,
  ) {
    const { space } = inputs;
    this.largestKernel = Math.max(...space.stages.flatMap(({ kernel }) => kernel));
    this.criteria = criteriaOf(inputs, landscape, this.largestKernel);
    this.list = new NearTieList({
      distance: distancesFrom(landscape, optimum),
      criteria: this.criteria.map(({ criterion }) => criterion),
      most: MOST_DIFFERENT,
      confirms,
    });
  }

  /** Null where the space makes no network that could be weighed, as at a resolution that no image has. */
  static of(inputs: Inputs, landscape: Landscape, optimum: State, confirms: (state: State) => boolean): NearTieTable | null {
    try {
      networkOf(inputs.space, landscape.architecture(optimum, inputs.resolution).stages, inputs);
    } catch (error) {
      if (error instanceof NetworkError) return null;
      throw error;
    }
    return new NearTieTable(inputs, landscape, optimum, confirms);
  }

  describe(): Described {
    const { inputs, landscape, list, criteria, largestKernel } = this;
    const optimum = landscape.architecture(this.optimum, inputs.resolution);
    const named = new Map<string, { architecture: Architecture; why: string[] }>();
    const add = (architecture: Architecture, why?: string) => {
      const key = encodeArchitecture(architecture);
      const entry = named.get(key) ?? { architecture, why: [] };
      named.set(key, entry);
      if (why !== undefined) entry.why.push(why);
    };
    const asShown = ({ state }: Listed) => landscape.architecture(state, inputs.resolution);
    list.mostDifferent.forEach((one, i) => add(asShown(one), i === 0 ? "the most different" : undefined));
    if (list.fastest !== null) add(asShown(list.fastest), "fastest");
    criteria.forEach(({ why, criterion }, c) => {
      const one = list.least[c]!;
      if (one !== null) add(memberOf(inputs, criterion, one.state), why);
    });
    const listed = [...named.values()].map(({ architecture, why }): ListedTie => ({
      architecture: copyOf(architecture),
      accuracy: inputs.accuracy.value(architecture.stages),
      latency: inputs.latency.value(architecture.stages),
      distance: architectureDistance(architecture.stages, optimum.stages),
      why,
      ...figuresOf(inputs, architecture, largestKernel),
    }));
    // Stable: among equals the order in which they were found, the more accurate first.
    listed.sort((a, b) => b.distance - a.distance);
    return { largestKernel, optimum: figuresOf(inputs, optimum, largestKernel), listed };
  }
}

/** Of the architectures that a state stands for, the one with the least of a criterion. */
function memberOf({ space, resolution }: Inputs, { blocks }: Criterion, state: State): Architecture {
  return { resolution, stages: space.stages.map(({ width }, index) => ({ width, blocks: blocks[index]![state[index]!]! })) };
}

function criteriaOf({ space, resolution }: Inputs, landscape: Landscape, largest: number): { why: string; criterion: Criterion }[] {
  const costs = costsByBlock(space, resolution);
  const of = (name: keyof Costs) => criterionOf(landscape, (stage, block, first) => costs(stage, block, first)[name]);
  return [
    { why: `fewest kernels of ${largest}`, criterion: criterionOf(landscape, (_, { kernel }) => Number(kernel === largest)) },
    { why: "fewest blocks", criterion: criterionOf(landscape, () => 1) },
    { why: "fewest parameters", criterion: of("parameters") },
    { why: "fewest multiply-adds", criterion: of("multiplyAdds") },
  ];
}

/** Parameters and multiply-adds of a block of a stage. */
export function costsByBlock(space: Space, resolution: number): (stage: number, block: { expand: number; kernel: number }, first: boolean) => Costs {
  const sides = stageSides(space, resolution);
  return (stage, block, first) => blockCosts(blockOf(space, stage, block, first), first ? sides[stage]!.input : sides[stage]!.output);
}

function figuresOf({ space }: Inputs, { resolution, stages }: Architecture, largest: number): Figures {
  const blocks = stages.flatMap((stage) => stage.blocks);
  const { parameters, multiplyAdds } = costsOf(networkOf(space, stages, { resolution }));
  return { largestKernels: blocks.filter(({ kernel }) => kernel === largest).length, blocks: blocks.length, parameters, multiplyAdds };
}
