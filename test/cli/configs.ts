import { writeFileSync } from "node:fs";
import { file } from "./program.js";

/** Writes a config of foxnas-cpu with the same depth, expand ratio and kernel everywhere; its name. */
export function writeConfig(name: string, fields: { depth?: number; expand?: number; kernel?: number; resolution?: number; predicted?: unknown } = {}): string {
  const { depth = 2, expand = 2, kernel = 3, resolution = 64, predicted } = fields;
  const blocks = Array.from({ length: depth }, () => ({ expand, kernel }));
  const stages = [24, 40, 80, 112, 160].map((width) => ({ width, blocks }));
  writeFileSync(file(name), JSON.stringify({ version: 1, space: "foxnas-cpu", resolution, stages, predicted }));
  return name;
}
