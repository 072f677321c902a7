import { costsOf, type Costs } from "../onnx/costs.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import type { Space } from "../shared/space.js";
import { networkOfConfig } from "./fits.js";
import type { Origin } from "./header.js";
import { kerasText } from "./keras.js";
import { ofaText } from "./ofa.js";
import { pytorchText } from "./pytorch.js";

export type { Origin } from "./header.js";
export { className, moduleName } from "./names.js";
export { ofaDict, type OfaDict } from "./ofa.js";
export { outlineText } from "./outline.js";
export { PROJECT_KINDS, projectFiles, type ProjectFile, type ProjectKind } from "./project.js";

/** Code that a config is written as: each is one Python file that needs nothing of ours. */
export const CODE_FORMATS = ["python", "pytorch", "keras"] as const;
export type CodeFormat = (typeof CODE_FORMATS)[number];

const WRITERS = { python: ofaText, pytorch: pytorchText, keras: kerasText } satisfies Record<CodeFormat, unknown>;

/**
 * An architecture config as Python code. The same arguments give the same text, with a newline at its end. Whatever stands
 * in the config's own words (its file's name, devices, sources) goes into comments, on one line, without characters that
 * nobody sees.
 * @throws InputError where the config names another space, or naming the choice that the space does not have
 */
export function codeText(config: ArchitectureConfig, space: Space, format: CodeFormat, origin: Origin): string {
  networkOfConfig(config, space, origin.file);
  return WRITERS[format](config, space, origin);
}

/**
 * Trainable parameters, and multiply-adds of one image, of a config's network.
 * @param file the config's, for errors
 * @throws InputError as `codeText`
 */
export function costsOfConfig(config: ArchitectureConfig, space: Space, file: string): Costs {
  return costsOf(networkOfConfig(config, space, file));
}
