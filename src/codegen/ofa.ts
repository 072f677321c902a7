import { networkOf, type StageChoice } from "../onnx/space.js";
import type { ArchitectureConfig } from "../shared/architecture.js";
import type { Space } from "../shared/space.js";
import { header, type Origin } from "./header.js";
import { file } from "./python.js";

/** An architecture as Once-for-All writes it (Cai et al. 2020, arXiv 1908.09791; github.com/mit-han-lab/once-for-all). */
export interface OfaDict {
  /** Kernel size of every block, the space's largest depth for each stage; 0 where a stage has no such block. */
  readonly ks: readonly number[];
  /** Expand ratios in the same places. */
  readonly e: readonly number[];
  /** Blocks of every stage, the transition block among them. */
  readonly d: readonly number[];
  /** Side of the image (px). */
  readonly r: readonly [number];
}

interface Architecture {
  readonly resolution: number;
  readonly stages: readonly StageChoice[];
}
type Block = StageChoice["blocks"][number];

/** Blocks that Once-for-All reserves for each stage. */
const roomOf = (space: Space): number => Math.max(...space.stages.flatMap(({ depth }) => depth));

function padded({ stages }: Architecture, room: number, gene: (block: Block) => number): number[][] {
  return stages.map(({ blocks }) => Array.from({ length: room }, (_, i) => (blocks[i] === undefined ? 0 : gene(blocks[i]))));
}

/** @throws NetworkError naming the choice that the space does not have */
export function ofaDict(architecture: Architecture, space: Space): OfaDict {
  const { stages, resolution } = architecture;
  networkOf(space, stages, { resolution });
  const room = roomOf(space);
  return {
    ks: padded(architecture, room, ({ kernel }) => kernel).flat(),
    e: padded(architecture, room, ({ expand }) => expand).flat(),
    d: stages.map(({ blocks }) => blocks.length),
    r: [resolution],
  };
}

/** The dict as a Python file, a stage a line. */
export function ofaText(config: ArchitectureConfig, space: Space, origin: Origin): string {
  const { ks, e, d, r } = ofaDict(config, space);
  const room = roomOf(space);
  const table = (name: string, values: readonly number[]) => [
    `    "${name}": [`,
    ...d.map((_, stage) => `        ${values.slice(stage * room, (stage + 1) * room).join(", ")},  # stage ${config.stages[stage]!.width}`),
    "    ],",
  ];
  return file([
    ...header(config, space, origin, {
      what: "an architecture in the layout of Once-for-All.",
      needs: [
        `"ks" and "e" are the kernel size and the expand ratio of every block, ${room} for each stage and 0 where it has fewer; "d" is the number of blocks of every stage, "r" the side of the image (px), which MobileNetArchEncoder calls "image_size".`,
        `A supernet of the same space takes it with set_active_subnet(ks=ARCHITECTURE["ks"], e=ARCHITECTURE["e"], d=ARCHITECTURE["d"]).`,
      ],
    }),
    "",
    "ARCHITECTURE = {",
    ...table("ks", ks),
    ...table("e", e),
    `    "d": [${d.join(", ")}],`,
    `    "r": [${r[0]}],`,
    "}",
  ]);
}
