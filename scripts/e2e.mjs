// The end-to-end tests: packages the extension, installs VS Code's server, drives it with Chromium.
//
//   node scripts/e2e.mjs [--no-package] [--readme-pictures] [-- VITEST ARGUMENTS…]
//
// --readme-pictures also writes the README's pictures to media/readme/, and the walkthrough's to media/walkthrough/.
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { "no-package": { type: "boolean" }, "readme-pictures": { type: "boolean" } },
});
const vsix = path.join(root, "dist", "fox-nas-e2e.vsix");
const steps = [
  ...(flags["no-package"] ? [] : [["scripts/package.mjs", "--out", vsix]]),
  ["scripts/run-ts.mjs", "scripts/install-vscode.ts"],
  ["node_modules/vitest/vitest.mjs", "run", "--config", "test/e2e/vitest.config.mts", ...positionals],
];
const env = {
  ...process.env,
  FOXNAS_ROOT: root,
  FOXNAS_VSIX: vsix,
  ...(flags["readme-pictures"] ? { FOXNAS_README_PICTURES: path.join(root, "media/readme") } : {}),
};
for (const step of steps) {
  process.exitCode = await run(process.execPath, step, { cwd: root, env });
  if (process.exitCode !== 0) break;
}
