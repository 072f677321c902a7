import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Document } from "yaml";
import { ConfigAnalysis, Models, readDocument, type EditorProblem, type Surroundings } from "../../../src/editor/index.js";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { configText, readPredictor, readSpace } from "../../../src/shared/files/index.js";
import type { Space } from "../../../src/shared/space.js";
import { SMALL, stagesOf } from "../files/examples.js";

const MEDIA = new URL("../../../media/", import.meta.url);
const source = (name: string) => ({ name, text: readFileSync(new URL(name, MEDIA), "utf8") });

export const BUILT_IN: readonly Space[] = ["foxnas-cpu", "foxnas-cpu-relu", "foxnas-tpu", "ofa-mbv3"].map((id) => readSpace(source(`spaces/${id}.json`)));
export const CPU = BUILT_IN[0]!;
export const ACCURACY = readPredictor(source("predictors/foxnas-cpu-256-accuracy.predictor.json"));
export const LATENCY = readPredictor(source("predictors/foxnas-cpu-256-latency-pi4.predictor.json"));

const SPACES = new Map([...BUILT_IN, SMALL].map((space) => [space.id, space]));
/** Without predictors. */
export const BARE: Surroundings = { spaces: SPACES, accuracy: null, latency: null, budget: null };
/** With those that come with the extension. */
export const CHOSEN: Surroundings = { ...BARE, accuracy: ACCURACY, latency: LATENCY };

const models = new Models();
export const analyse = (text: string, name: string, surroundings: Surroundings = CHOSEN) => new ConfigAnalysis(readDocument({ name, text }), surroundings, models);

/** Ways people write the same config: what a name ends in, and the text. */
export const STYLES: Readonly<Record<string, { readonly name: string; readonly write: (config: object) => string }>> = {
  "JSON as we write it": { name: "net.foxnas.json", write: (config) => configText(config as ArchitectureConfig, "json") },
  "JSON in one line": { name: "net.foxnas.json", write: (config) => JSON.stringify(config) },
  "JSON with tabs": { name: "net.foxnas.json", write: (config) => JSON.stringify(config, null, "\t") },
  "JSON with CRLF": { name: "net.foxnas.json", write: (config) => JSON.stringify(config, null, 2).replaceAll("\n", "\r\n") },
  "YAML as we write it": { name: "net.foxnas.yaml", write: (config) => configText(config as ArchitectureConfig, "yaml") },
  "YAML in blocks": { name: "net.foxnas.yml", write: (config) => new Document(config, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 }) },
  "YAML with dashes below their key": { name: "net.foxnas.yml", write: (config) => new Document(config, { aliasDuplicateObjects: false }).toString({ lineWidth: 0, indentSeq: false }).trimEnd() },
  "YAML with comments and CRLF": {
    name: "net.foxnas.yaml",
    write: (config) => `# mine\n${new Document(config, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 })}`.replace(/(kernel: \d+|width: \d+)\n/g, "$1 # why\n").replaceAll("\n", "\r\n"),
  },
  "YAML in braces": { name: "net.foxnas.yaml", write: (config) => `${JSON.stringify(config).replace(/"(\w+)":/g, "$1: ")}\n` },
};
export const styles = fc.constantFrom(...Object.keys(STYLES));

/** Configs that say no more than an architecture. */
export const plainConfigs = (space: Space, resolution: number): fc.Arbitrary<ArchitectureConfig> =>
  stagesOf(space).map((stages) => ({ version: 1 as const, space: space.id, resolution, stages }));

export const codesOf = (problems: readonly EditorProblem[]): string[] => problems.map(({ code }) => code);
export const placeOf = ({ code, path }: EditorProblem): string => `${code} ${path.join(".")}`;
