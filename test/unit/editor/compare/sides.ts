import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { comparisonModel, type ComparisonModel, type Side } from "../../../../src/editor/compare/index.js";
import { Models } from "../../../../src/editor/index.js";
import type { Stage } from "../../../../src/engine/architecture.js";
import type { PredictorData } from "../../../../src/engine/predictor.js";
import type { Architecture } from "../../../../src/shared/architecture.js";
import { predictorCard } from "../../../../src/shared/cards.js";
import { readPredictor, readSpace } from "../../../../src/shared/files/index.js";
import type { PredictorFile } from "../../../../src/shared/predictor.js";
import type { Space } from "../../../../src/shared/space.js";
import type { Model } from "../../engine/helpers.js";

const media = (path: string) => ({ name: path, text: readFileSync(fileURLToPath(new URL(`../../../../media/${path}`, import.meta.url)), "utf8") });
export const builtInSpace = (id: string): Space => readSpace(media(`spaces/${id}.json`));
export const FOXNAS = builtInSpace("foxnas-cpu");
const known = (name: string) => {
  const source = media(`predictors/${name}.predictor.json`);
  const file = readPredictor(source);
  return { file, card: predictorCard(source, file, `digest of ${name}`) };
};

/** A model with the space and the resolution that its predictors are for. */
export interface Known { space: Space; resolution: number; model: ComparisonModel }

type File = { file: PredictorFile; card: ReturnType<typeof predictorCard> };
function knownOf(space: Space, accuracy: File, latency: File): Known {
  const model = comparisonModel(new Models(), space, { accuracy: accuracy.file, latency: latency.file }, { accuracy: accuracy.card, latency: latency.card });
  if ("refused" in model) throw new Error(model.refused);
  return { space, resolution: accuracy.file.resolution, model };
}

/** The built-in predictors, Raspberry Pi 4 at 256 px. */
export const builtInModel = (): Known => knownOf(FOXNAS, known("foxnas-cpu-256-accuracy"), known("foxnas-cpu-256-latency-pi4"));

/** The engine's model with what files add to it. */
export function modelOf({ space, accuracy, latency }: Model, resolution = 64): Known {
  const whole = { ...space, title: "A random space", stages: space.stages.map((stage) => ({ ...stage, activation: "relu" })) } as unknown as Space;
  const file = (data: PredictorData) => ({ ...data, version: 1, resolution, device: null, form: "any", source: "random" }) as unknown as PredictorFile;
  const of = (data: PredictorData): File => ({ file: file(data), card: predictorCard({ name: data.target }, file(data), data.target) });
  return knownOf(whole, of(accuracy), of(latency));
}

export function sideOf(title: string, stages: readonly Stage[], { space, resolution, model }: Known): Side {
  return { title, config: { space: space.id, resolution, stages: stages as Architecture["stages"] }, space, model };
}

/** Blocks as `e2k3,e3k5|e4k7` names them, by stage. */
export function stages(text: string, space: Space = FOXNAS): Architecture["stages"] {
  return text.split("|").map((stage, i) => ({
    width: space.stages[i]!.width,
    blocks: stage.split(",").map((block) => {
      const [, expand, kernel] = /^e([\d.]+)k(\d+)$/.exec(block)!;
      return { expand: Number(expand), kernel: Number(kernel) };
    }),
  }));
}

export const SMALL = "e2k3,e2k3|e3k5,e2k3|e3k3,e3k3|e4k5,e3k3|e4k5,e4k5";
export const LARGE = "e2k3,e2k3|e3k5,e3k3|e3k3,e3k3,e4k5|e4k5,e3k5|e6k7,e4k5,e6k5";
