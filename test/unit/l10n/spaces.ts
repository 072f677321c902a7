import { readdirSync, readFileSync } from "node:fs";
import type { Stage } from "../../../src/engine/architecture.js";
import { readSpace } from "../../../src/shared/files/index.js";

/** Every built-in space with one of its architectures. */
export const SPACES = readdirSync("media/spaces").filter((name) => name.endsWith(".json")).map((name) => {
  const space = readSpace({ name, text: readFileSync(`media/spaces/${name}`, "utf8") });
  const stages: Stage[] = space.stages.map(({ width, depth, expand, kernel }) => ({
    width,
    blocks: Array.from({ length: depth.at(Math.floor(depth.length / 2))! }, () => ({ expand: expand[0]!, kernel: kernel[0]! })),
  }));
  return { space, stages };
});
