import type { Preprocessing } from "../../shared/space.js";
import type { DataCard } from "../../shared/supernet.js";

/** How images become inputs of a network. */
export interface DataOptions {
  readonly preprocessing: Preprocessing;
  /** px; the side of an input. */
  readonly resolution: number;
  /** Of the space; the data must have as many (tensors: no label beyond them). */
  readonly classes: number;
  /** What an image set may keep of decoded images; 512 MiB by default. Beyond it, images are decoded again. */
  readonly memoryBytes?: number;
}

export type PartName = "validation" | "calibration";

/** A data folder, opened for one way of preprocessing. */
export interface ImageData {
  readonly card: DataCard;
  /**
   * The first `count` images of a part in the order that follows from the seed; all where count is null or more than
   * there are. Sets of the same seed are prefixes of each other.
   */
  part(name: PartName, count: number | null, seed: number): ImageSet;
}

/** Images in a fixed order. */
export interface ImageSet {
  readonly count: number;
  /** [count], 0 … classes - 1; null for calibration images. */
  readonly labels: Int32Array | null;
  /**
   * Images from … to - 1 as a network takes them: [to - from, 3, R, R].
   * @throws InputError naming the file that cannot be read
   */
  batch(from: number, to: number): Promise<Float32Array>;
}

/** A decoded image: [height, width, channels], 0 … 255, RGB first; a fourth channel is not looked at. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** What a part of a data folder is read from, whichever form it has. */
export interface Part {
  readonly form: DataCard["form"];
  readonly count: number;
  /** [count] where the images are labelled. */
  readonly labels: Int32Array | null;
  /** Names of the classes; null where the part has none. */
  readonly classes: readonly string[] | null;
  /** What the data's digest is made of: name and size of every image, or name and SHA-256 of every array file. */
  fingerprint(): Promise<readonly string[]>;
  /** @throws InputError where these images cannot become inputs of this side */
  check(options: DataOptions): void;
  /**
   * Images of these indices, prepared: RGB [R, R, 3] as bytes, or float [3, R, R] that is already normalised.
   * @throws InputError naming the image that cannot be read
   */
  read(indices: readonly number[], options: DataOptions): Promise<(Uint8Array | Float32Array)[]>;
}
