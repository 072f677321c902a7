import { readFileSync } from "node:fs";
import path from "node:path";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { readConfig } from "../../../src/shared/files/index.js";
import type { ShownBlock } from "./foxnas.js";

/** Reads a config of the workspace as any user of the file would: by its path alone. */
export function configIn(workspace: string, name: string): ArchitectureConfig {
  return readConfig({ name, text: readFileSync(path.join(workspace, name), "utf8") });
}

/** The blocks of a config as the panel shows them. */
export const blocksOf = ({ stages }: ArchitectureConfig): ShownBlock[] =>
  stages.flatMap(({ width, blocks }) => blocks.map(({ expand, kernel }) => ({ stage: String(width), expand, kernel })));
