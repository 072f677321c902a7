import type { Architecture } from "../architecture.js";
import type { Random } from "../random.js";
import type { Space, StageSpace } from "../space.js";

/**
 * Architectures of greatest depth that together contain every block of a space: in each place of each stage every
 * choice of expand ratio and kernel size stands once (a Latin design). As many as the largest stage has such choices,
 * 12 for foxnas-cpu; where a stage has fewer, some of its blocks stand more often.
 */
export function latinDesign(space: Space, resolution: number, random: Random): Architecture[] {
  const size = Math.max(...space.stages.map((stage) => stage.expand.length * stage.kernel.length));
  const columns = space.stages.map((stage) => {
    const depth = stage.depth[stage.depth.length - 1]!;
    return Array.from({ length: depth }, () => random.permutation(size).map((i) => optionOf(stage, i)));
  });
  return Array.from({ length: size }, (_, row) => ({
    resolution,
    stages: space.stages.map((stage, index) => ({
      width: stage.width,
      blocks: columns[index]!.map((place) => place[row]!),
    })),
  }));
}

function optionOf({ expand, kernel }: StageSpace, index: number) {
  const option = index % (expand.length * kernel.length);
  return { expand: expand[Math.floor(option / kernel.length)]!, kernel: kernel[option % kernel.length]! };
}
