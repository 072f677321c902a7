import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withPalette } from "./palette.js";

/** Keeps a screenshot for the README when the run was asked to (`npm run e2e -- --readme-pictures`). */
export function keep(file: string): void {
  const folder = process.env["FOXNAS_README_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  copyFileSync(file, path.join(folder, path.basename(file)));
}

/** The same for a step of the walkthrough: media/walkthrough. */
export function keepStep(file: string): void {
  const readme = process.env["FOXNAS_README_PICTURES"];
  if (readme === undefined) return;
  const folder = path.join(path.dirname(readme), "walkthrough");
  mkdirSync(folder, { recursive: true });
  // They travel with the extension.
  writeFileSync(path.join(folder, path.basename(file).replace(/^walkthrough-/, "")), withPalette(readFileSync(file)));
}

/** Whether this run takes the README's pictures: then with as much work as their figures need. */
export const picturesWanted = (): boolean => process.env["FOXNAS_README_PICTURES"] !== undefined;
