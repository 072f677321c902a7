import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";

/** Keeps a screenshot for the README when the run was asked to (`npm run e2e -- --readme-pictures`). */
export function keep(file: string): void {
  const folder = process.env["FOXNAS_README_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  copyFileSync(file, path.join(folder, path.basename(file)));
}

/** Whether this run takes the README's pictures: then with as much work as their figures need. */
export const picturesWanted = (): boolean => process.env["FOXNAS_README_PICTURES"] !== undefined;
