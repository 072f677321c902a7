import { costsOf } from "../onnx/costs.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import { configText } from "../shared/files/index.js";
import type { Space } from "../shared/space.js";
import { networkOfConfig } from "./fits.js";
import type { Origin } from "./header.js";
import { kerasText } from "./keras.js";
import { className, moduleName } from "./names.js";
import { pytorchText } from "./pytorch.js";

/** Whole small projects that train the network of a config: the folders of media/templates of the same names. */
export const PROJECT_KINDS = ["pytorch", "keras"] as const;
export type ProjectKind = (typeof PROJECT_KINDS)[number];

/** A text file of a project; its name is relative to the project's folder, with `/`. */
export interface ProjectFile {
  readonly name: string;
  readonly text: string;
}

const MODELS = { pytorch: pytorchText, keras: kerasText } satisfies Record<ProjectKind, unknown>;

/**
 * The files of a project: the template's, the network as `model.py`, and a copy of the config. Templates are programs as
 * they stand; what they say of the network stands there as `ModelClass`, `MODEL_CONFIG` and `MODEL_SUMMARY`.
 * @param template files of the kind's folder in media/templates
 * @throws InputError where the config names another space, or naming the choice that the space does not have
 */
export function projectFiles(config: ArchitectureConfig, space: Space, kind: ProjectKind, origin: Origin, template: readonly ProjectFile[]): ProjectFile[] {
  const { parameters, multiplyAdds } = costsOf(networkOfConfig(config, space, origin.file));
  const name = className(origin.file, space.id);
  const copy = `${moduleName(origin.file, space.id)}.foxnas.json`;
  const count = (value: number) => value.toLocaleString("en-US");
  const summary = `${count(parameters)} parameters, ${count(multiplyAdds)} multiply-adds an image of ${config.resolution} x ${config.resolution} px`;
  const words: Record<string, string> = { ModelClass: name, MODEL_CONFIG: copy, MODEL_SUMMARY: summary };
  const filled = template.map((file) => ({ name: file.name, text: file.text.replaceAll(/\b(ModelClass|MODEL_CONFIG|MODEL_SUMMARY)\b/g, (word) => words[word]!) }));
  const model = { name: "model.py", text: MODELS[kind](config, space, origin) };
  return [...filled, model, { name: copy, text: configText(config, "json") }].sort((a, b) => (a.name < b.name ? -1 : 1));
}
