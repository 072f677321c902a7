import type { PredictorFile } from "./predictor.js";
import type { PredictorCard, SpaceCard } from "./results.js";
import type { Source } from "./source.js";
import type { Space } from "./space.js";

/** Who says so: what a reader must know of a predictor. `digest` is the SHA-256 of its file. */
export function predictorCard({ name }: Pick<Source, "name">, file: PredictorFile, digest: string): PredictorCard {
  return {
    name: file.title ?? name,
    target: file.target,
    unit: file.unit,
    space: file.space,
    resolution: file.resolution,
    device: file.device,
    form: file.form,
    source: file.source,
    link: file.link,
    samples: file.fit?.n ?? null,
    crossValidatedRmse: file.fit?.crossValidation?.rmse ?? null,
    digest,
  };
}

/** What a picture of a space's architectures needs. `sides` of the stages (px) and `count` of architectures are the engine's. */
export function spaceCard(space: Space, sides: readonly { input: number; output: number }[], count: bigint): SpaceCard {
  return {
    id: space.id,
    title: space.title,
    size: Number(count).toPrecision(2).replace("e+", "e"),
    stages: space.stages.map((stage, index) => ({
      name: String(stage.width),
      ...sides[index]!,
      squeezeExcite: stage.squeezeExcite,
      activation: stage.activation,
      depth: [...stage.depth],
      expand: [...stage.expand],
      kernel: [...stage.kernel],
    })),
  };
}
