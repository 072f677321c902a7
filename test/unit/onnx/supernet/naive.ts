import { roundWidth } from "../../../../src/onnx/network.js";
import type { Space, StageChoice } from "../../../../src/onnx/space.js";
import type { NamedTensor } from "../../../../src/onnx/supernet/safetensors.js";

/** Numbers of a nested list's corner: the first so many of every dimension. */
function corner({ shape, data }: NamedTensor, sizes: readonly number[]): number[] {
  const walk = (dimension: number, offset: number): number[] => {
    if (dimension === shape.length) return [data[offset]!];
    const inner = shape.slice(dimension + 1).reduce((product, side) => product * side, 1);
    return Array.from({ length: sizes[dimension]! }, (_, i) => walk(dimension + 1, offset + i * inner)).flat();
  };
  return walk(0, 0);
}

/** A channel's K x K filter as rows, brought down to a size by way of all between. */
function shrink(filter: number[][], sizes: readonly number[], wanted: number, matrix: (name: string) => NamedTensor): number[][] {
  const size = filter.length;
  if (size === wanted) return filter;
  const next = Math.max(...sizes.filter((s) => s < size));
  const edge = (size - next) / 2;
  const crop = filter.slice(edge, edge + next).flatMap((row) => row.slice(edge, edge + next));
  const { data } = matrix(`${size}to${next}`);
  const flat = crop.map((_, i) => Math.fround(crop.reduce((sum, value, j) => sum + data[i * next * next + j]! * value, 0)));
  return shrink(Array.from({ length: next }, (_, row) => flat.slice(row * next, (row + 1) * next)), sizes, wanted, matrix);
}

/** Slicing as the specification says it, by nested indices, without the network's steps: name -> numbers. */
export function naiveSlice(space: Space, file: ReadonlyMap<string, NamedTensor>, stages: readonly StageChoice[]): Map<string, number[]> {
  const made = new Map<string, number[]>();
  const take = (name: string, sizes: readonly number[]) => made.set(name, corner(file.get(name)!, sizes));
  const norm = (layer: string, width: number) => ["weight", "bias", "running_mean", "running_var"].forEach((key) => take(`${layer}.norm.${key}`, [width]));
  const conv = (layer: string, out: number, input: number, kernel: number) => {
    take(`${layer}.weight`, [out, input, kernel, kernel]);
    norm(layer, out);
  };
  const biased = (layer: string, sizes: readonly number[]) => {
    take(`${layer}.weight`, sizes);
    take(`${layer}.bias`, [sizes[0]!]);
  };
  const squeezed = (name: string, width: number) => {
    const squeeze = roundWidth(width * space.squeezeExciteRatio, space.widthMultiple);
    biased(`${name}.squeeze.reduce`, [squeeze, width, 1, 1]);
    biased(`${name}.squeeze.expand`, [width, squeeze, 1, 1]);
  };
  conv("stem.conv", space.stem.width, 3, space.stem.kernel);
  const { first } = space;
  conv("first.depthwise", space.stem.width, 1, first.kernel);
  if (first.squeezeExcite) squeezed("first", space.stem.width);
  conv("first.project", first.width, space.stem.width, 1);
  stages.forEach(({ blocks }, s) => {
    const stage = space.stages[s]!;
    blocks.forEach(({ expand, kernel }, b) => {
      const name = `stages.${s}.blocks.${b}`;
      const input = b > 0 ? stage.width : s > 0 ? space.stages[s - 1]!.width : first.width;
      const width = expand === 1 ? input : roundWidth(input * expand, space.widthMultiple);
      if (expand > 1) conv(`${name}.expand`, width, input, 1);
      const largest = Math.max(...stage.kernel);
      const whole = corner(file.get(`${name}.depthwise.weight`)!, [width, 1, largest, largest]);
      const filters = Array.from({ length: width }, (_, c) => {
        const rows = Array.from({ length: largest }, (_, row) => whole.slice(c * largest ** 2 + row * largest, c * largest ** 2 + (row + 1) * largest));
        return shrink(rows, stage.kernel, kernel, (step) => file.get(`${name}.depthwise.transforms.${step}`)!).flat();
      });
      made.set(`${name}.depthwise.weight`, filters.flat());
      norm(`${name}.depthwise`, width);
      if (stage.squeezeExcite) squeezed(name, width);
      conv(`${name}.project`, stage.width, width, 1);
    });
  });
  const last = space.stages.at(-1)!.width;
  conv("head.conv", space.head.width, last, 1);
  biased("head.features", [space.head.features, space.head.width]);
  biased("classifier", [space.classes, space.head.features]);
  return made;
}
