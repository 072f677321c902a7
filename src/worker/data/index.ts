import type { DataCard } from "../../shared/supernet.js";
import { DEFAULT_MEMORY_BYTES, imageSet, PreparedImages } from "./imageSet.js";
import { describeParts, openParts } from "./parts.js";
import type { DataOptions, ImageData } from "./types.js";

export type { DataOptions, ImageData, ImageSet, PartName } from "./types.js";

/**
 * Looks at a data folder without decoding its images: what it holds, and its digest.
 * @throws InputError naming the file or folder that is missing or wrong
 */
export async function inspectData(path: string): Promise<DataCard> {
  return describeParts(path, await openParts(path));
}

/**
 * Opens a data folder for one way of preprocessing.
 * @throws InputError as `inspectData` does, and where its classes or sides are not those of the options
 */
export async function openData(path: string, options: DataOptions): Promise<ImageData> {
  const parts = await openParts(path);
  for (const part of Object.values(parts)) part.check(options);
  const memory = { left: options.memoryBytes ?? DEFAULT_MEMORY_BYTES };
  const images = {
    validation: new PreparedImages(parts.validation, options, memory),
    calibration: new PreparedImages(parts.calibration, options, memory),
  };
  return { card: await describeParts(path, parts), part: (name, count, seed) => imageSet(images[name], count, seed) };
}
