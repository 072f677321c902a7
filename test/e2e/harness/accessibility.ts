import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { AxeResults, ImpactValue } from "axe-core";
import type { Frame } from "playwright-core";
import { root } from "./paths.js";

const grave: ImpactValue[] = ["serious", "critical"];

/**
 * Runs axe in a frame; answers one line for each serious or critical finding, with the elements it is about.
 * @param within selector of the part that is ours; the whole document where it is left out
 * @param except ids of axe's rules that the caller checks by itself
 */
export async function seriousFindings(frame: Frame, within?: string, except: readonly string[] = []): Promise<string[]> {
  const source = readFileSync(createRequire(path.join(root, "package.json")).resolve("axe-core/axe.min.js"), "utf8");
  // Through the debugger protocol, so the page's content security policy has no say in it.
  await frame.evaluate(source);
  const results = await frame.evaluate<AxeResults>(`axe.run(${within === undefined ? "document" : JSON.stringify(within)}, { resultTypes: ['violations'] })`);
  if (results.passes.length === 0) throw new Error("axe checked nothing: the panel is empty");
  return results.violations
    .filter(({ impact }) => impact !== null && impact !== undefined && grave.includes(impact))
    .filter(({ id }) => !except.includes(id))
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}
