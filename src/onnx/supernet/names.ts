import { networkOf, type Space, type StageChoice } from "../space.js";
import { stepsOf, type Step } from "../steps.js";
import { isWeighted, weightShape, type TensorSpec, type WeightedStep } from "../weights.js";

/** The epsilon of every batch-norm: PyTorch's default. */
export const EPSILON = 1e-5;

/** Weight sharing of Once-for-All (Cai et al. 2020, arXiv 1908.09791): every block as large as the space allows. */
export function largestStages(space: Space): StageChoice[] {
  return space.stages.map(({ width, depth, expand, kernel }) => ({
    width,
    blocks: Array.from({ length: Math.max(...depth) }, () => ({ expand: Math.max(...expand), kernel: Math.max(...kernel) })),
  }));
}

/** Names and shapes of layers do not depend on the side of the image. */
const ANY_RESOLUTION = 64;

/** The steps of the largest subnet, whose layers a supernet file holds. */
export function largestSteps(space: Space): Step[] {
  return stepsOf(networkOf(space, largestStages(space), { resolution: ANY_RESOLUTION }));
}

export const hasNorm = (step: WeightedStep): boolean => step.kind === "conv" && step.batchNorm;

/** Sizes of a stage's filters, from the one that is stored down to the smallest: [7, 5, 3]. */
export const fallingKernels = (kernels: readonly number[]): number[] => [...new Set(kernels)].sort((a, b) => b - a);

/** The matrix that makes S x S filters of the centre of L x L ones; `layer` is a depthwise convolution. */
export const transformName = (layer: string, larger: number, smaller: number): string => `${layer}.transforms.${larger}to${smaller}`;

/** Names of the five tensors of a convolution with batch-norm. */
export const normNames = (layer: string) => ({
  gamma: `${layer}.norm.weight`,
  beta: `${layer}.norm.bias`,
  mean: `${layer}.norm.running_mean`,
  variance: `${layer}.norm.running_var`,
});

/** The tensors of one layer: weight and bias, or weight and batch-norm. */
export function layerSpecs(step: WeightedStep): TensorSpec[] {
  const weight = { name: `${step.name}.weight`, shape: weightShape(step) };
  if (!hasNorm(step)) return [weight, { name: `${step.name}.bias`, shape: [step.width] }];
  return [weight, ...Object.values(normNames(step.name)).map((name) => ({ name, shape: [step.width] }))];
}

function transformSpecs(space: Space): TensorSpec[] {
  return space.stages.flatMap(({ depth, kernel }, stage) =>
    Array.from({ length: Math.max(...depth) }, (_, block) => {
      const sizes = fallingKernels(kernel);
      return sizes.slice(1).map((smaller, i) => ({
        name: transformName(`stages.${stage}.blocks.${block}.depthwise`, sizes[i]!, smaller),
        shape: [smaller ** 2, smaller ** 2],
      }));
    }).flat(),
  );
}

/**
 * Every tensor that a supernet file of a space must hold: of each layer of the largest subnet (see `stepsOf`)
 * `NAME.weight` [out, in, k, k] and `NAME.norm.{weight,bias,running_mean,running_var}` [out], or `NAME.bias` [out] where
 * there is no batch-norm; of each block with several kernel sizes `NAME.transforms.7to5` [25, 25], and so on.
 * @throws NetworkError for a space without a network
 */
export function supernetSpecs(space: Space): TensorSpec[] {
  return [...largestSteps(space).filter(isWeighted).flatMap(layerSpecs), ...transformSpecs(space)];
}
