import { Random } from "../../engine/random.js";
import { normaliseInto, normalisation } from "./prepare.js";
import type { DataOptions, ImageSet, Part } from "./types.js";

export const DEFAULT_MEMORY_BYTES = 512 * 2 ** 20;

/** Prepared images of one part, kept as long as there is memory for them. */
export class PreparedImages {
  private readonly kept = new Map<number, Uint8Array | Float32Array>();

  /** `memory` is shared by the parts of a data folder. */
  constructor(
    readonly part: Part,
    readonly options: DataOptions,
    private readonly memory: { left: number },
  ) {}

  /** @throws InputError */
  async read(indices: readonly number[]): Promise<(Uint8Array | Float32Array)[]> {
    const missing = indices.filter((index) => !this.kept.has(index));
    const read = new Map<number, Uint8Array | Float32Array>();
    (await this.part.read(missing, this.options)).forEach((image, i) => read.set(missing[i]!, image));
    const images = indices.map((index) => this.kept.get(index) ?? read.get(index)!);
    for (const [index, image] of read) this.keep(index, image);
    return images;
  }

  private keep(index: number, image: Uint8Array | Float32Array): void {
    if (image.byteLength > this.memory.left || this.kept.has(index)) return;
    this.memory.left -= image.byteLength;
    this.kept.set(index, image);
  }
}

/** The first `count` images in the order of the seed. */
export function imageSet(images: PreparedImages, count: number | null, seed: number): ImageSet {
  const { part, options } = images;
  const order = Random.seeded(seed).permutation(part.count).slice(0, count ?? part.count);
  const { labels } = part;
  const tables = normalisation(options.preprocessing);
  const size = 3 * options.resolution ** 2;
  return {
    count: order.length,
    labels: labels === null ? null : Int32Array.from(order, (index) => labels[index]!),
    async batch(from, to) {
      if (!(from >= 0 && from <= to && to <= order.length)) throw new RangeError(`images ${from} to ${to} of ${order.length}`);
      const batch = new Float32Array((to - from) * size);
      (await images.read(order.slice(from, to))).forEach((image, i) => {
        if (image instanceof Float32Array) batch.set(image, i * size);
        else normaliseInto(batch, i * size, image, tables);
      });
      return batch;
    },
  };
}
