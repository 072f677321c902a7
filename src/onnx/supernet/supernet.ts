import type { Space } from "../space.js";
import { quoted, SupernetError } from "./errors.js";
import { numbersOf, type TensorFile } from "./file.js";
import { shrinkFilters } from "./filters.js";
import { fallingKernels, supernetSpecs, transformName } from "./names.js";
import { readOnnx } from "./onnxFile.js";
import { looksLikeSafetensors, readSafetensors } from "./safetensors.js";
import type { Supernet } from "./types.js";

/** Keys of the file's metadata, and the only version there is. */
export const VERSION_KEY = "foxnas.supernet";
export const SPACE_KEY = "foxnas.space";
const VERSION = "1";

/**
 * Reads a supernet: a safetensors file, or an ONNX model whose initializers carry the same names (`supernetSpecs`);
 * which of them, the content says. Every tensor is checked; further ones are ignored.
 * @param bytes the whole file; do not change it, since tensors are views of it
 * @throws SupernetError for a damaged file, another version, another space, or a tensor that is missing, of the wrong
 * shape or not finite
 */
export function readSupernet(bytes: Uint8Array, space: Space): Supernet {
  const file = looksLikeSafetensors(bytes) ? readSafetensors(bytes) : readOnnx(bytes);
  const spaceId = requireMetadata(file, space);
  const tensors = new Map(supernetSpecs(space).map(({ name, shape }) => {
    const tensor = file.tensors.get(name);
    if (tensor === undefined) {
      throw new SupernetError(`${name}: the file has no such tensor among its ${file.tensors.size}, expected the shape [${shape.join(", ")}]. Is this the space that the supernet was trained for?`);
    }
    return [name, numbersOf(name, tensor, shape)];
  }));
  return new SupernetInMemory(space, file.format, bytes.length, spaceId, tensors);
}

/** The space's id in the file; null where there is none. */
function requireMetadata({ format, metadata }: TensorFile, space: Space): string | null {
  const where = format === "onnx" ? "metadata_props" : "__metadata__";
  const version = metadata.get(VERSION_KEY);
  if (version !== VERSION) {
    const found = version === undefined ? "nothing" : quoted(version);
    throw new SupernetError(`${VERSION_KEY} in ${where}: found ${found}, expected "${VERSION}". Write the file with the training kit.`);
  }
  const id = metadata.get(SPACE_KEY);
  if (id !== undefined && id !== space.id) {
    throw new SupernetError(`${SPACE_KEY} in ${where}: found ${quoted(id)}, expected ${quoted(space.id)}. Choose the space that the supernet was trained for.`);
  }
  return id ?? null;
}

const isRunning = (name: string): boolean => /\.norm\.running_(mean|var)$/.test(name);

class SupernetInMemory implements Supernet {
  readonly parameters: number;
  /** `layer kernel` -> filters. */
  private readonly shrunk = new Map<string, Float32Array>();

  constructor(
    readonly space: Space,
    readonly format: "safetensors" | "onnx",
    readonly bytes: number,
    readonly spaceId: string | null,
    private readonly tensors: ReadonlyMap<string, Float32Array>,
  ) {
    let parameters = 0;
    for (const [name, values] of tensors) {
      if (!isRunning(name)) parameters += values.length;
      const negative = name.endsWith(".norm.running_var") ? values.find((value) => value < 0) : undefined;
      if (negative !== undefined) throw new SupernetError(`${name}: found ${negative}, expected no negative variance.`);
    }
    this.parameters = parameters;
  }

  tensor(name: string): Float32Array {
    const found = this.tensors.get(name);
    if (found === undefined) throw new SupernetError(`${quoted(name)}: the supernet has no such tensor.`);
    return found;
  }

  filters(layer: string, kernel: number): Float32Array {
    const key = `${layer} ${kernel}`;
    const found = this.shrunk.get(key) ?? this.shrink(layer, kernel);
    this.shrunk.set(key, found);
    return found;
  }

  private shrink(layer: string, kernel: number): Float32Array {
    const sizes = fallingKernels(kernelsOf(this.space, layer));
    const at = sizes.indexOf(kernel);
    if (at < 0) throw new SupernetError(`${layer}: found a kernel of ${kernel}, expected one of ${sizes.join(", ")}.`);
    if (at === 0) return this.tensor(`${layer}.weight`);
    const larger = sizes[at - 1]!;
    return shrinkFilters(this.filters(layer, larger), larger, kernel, this.tensor(transformName(layer, larger, kernel)));
  }
}

/** The kernel sizes of the stage that a depthwise convolution belongs to; the one of the first block. */
function kernelsOf(space: Space, layer: string): readonly number[] {
  const stage = /^stages\.(\d+)\./.exec(layer);
  return stage === null ? [space.first.kernel] : (space.stages[Number(stage[1])]?.kernel ?? []);
}
