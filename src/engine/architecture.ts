import { ModelError, oneOf, type Path } from "./errors.js";
import type { Random } from "./random.js";
import { inputWidth, stageName, type Space, type StageSpace } from "./space.js";

export interface Block {
  readonly expand: number;
  readonly kernel: number;
}
export interface Stage {
  readonly width: number;
  /** The first is the transition block. */
  readonly blocks: readonly Block[];
}
/** One choice for every stage and block, at one resolution (px). */
export interface Architecture {
  readonly resolution: number;
  readonly stages: readonly Stage[];
}

/**
 * Checks that an architecture lies in a space.
 * @throws ModelError naming stage, block and field, what was found and what is allowed
 */
export function requireArchitecture(space: Space, architecture: Pick<Architecture, "stages">): void {
  const { stages } = architecture;
  if (stages.length !== space.stages.length) {
    throw new ModelError(
      `the number of stages is not that of space ${space.id}`,
      ["stages"],
      `${stages.length} stages`,
      `${space.stages.length} stages of width ${space.stages.map(stageName).join(", ")}`,
    );
  }
  stages.forEach((stage, index) => requireStage(space, index, stage));
}

function requireStage(space: Space, index: number, stage: Stage): void {
  const allowed = space.stages[index]!;
  const path: Path = ["stages", index];
  const where = `stage ${stageName(allowed)}`;
  if (stage.width !== allowed.width) {
    throw new ModelError(
      `stage ${index + 1} has another width than in space ${space.id}`,
      [...path, "width"],
      String(stage.width),
      String(allowed.width),
    );
  }
  if (!allowed.depth.includes(stage.blocks.length)) {
    throw new ModelError(
      `${where} has a depth outside the space`,
      [...path, "blocks"],
      `${stage.blocks.length} blocks`,
      `${oneOf(allowed.depth)} blocks`,
    );
  }
  stage.blocks.forEach((block, b) => {
    for (const field of ["expand", "kernel"] as const) {
      if (!allowed[field].includes(block[field])) {
        throw new ModelError(
          `${where}, block ${b + 1} (from ${b === 0 ? inputWidth(space, index) : stage.width} channels) has a choice outside the space`,
          [...path, "blocks", b, field],
          `${field} ${block[field]}`,
          oneOf(allowed[field]),
        );
      }
    }
  });
}

/** Draws a stage: depth uniformly, then every block's choices uniformly (the sampling of Once-for-All). */
function randomStage(stage: StageSpace, random: Random): Stage {
  const depth = random.pick(stage.depth);
  const blocks = Array.from({ length: depth }, () => ({
    expand: random.pick(stage.expand),
    kernel: random.pick(stage.kernel),
  }));
  return { width: stage.width, blocks };
}

/** A random architecture at `resolution` px. */
export function randomArchitecture(space: Space, resolution: number, random: Random): Architecture {
  return { resolution, stages: space.stages.map((stage) => randomStage(stage, random)) };
}

/** One text for one architecture, e.g. `e2k3,e3k3|e4k5`: equal texts, equal architectures. */
export function encodeArchitecture(architecture: Pick<Architecture, "stages">): string {
  return architecture.stages
    .map((stage) => stage.blocks.map((block) => `e${block.expand}k${block.kernel}`).join(","))
    .join("|");
}
