import { existsSync } from "node:fs";
import path from "node:path";

/** The repository's root: scripts/e2e.mjs and scripts/run-ts.mjs say it, since this file may run from a bundle. */
export const root = process.env["FOXNAS_ROOT"] ?? process.cwd();
if (!existsSync(path.join(root, "test/e2e/vscode-server/package.json"))) {
  throw new Error(`${root} is not the repository's root. Start the end-to-end tests with \`npm run e2e\`.`);
}

/** VS Code's own files inside the npm package code-server. */
export const vscodeFolder = path.join(root, "test/e2e/vscode-server/node_modules/code-server/lib/vscode");
export const serverMain = path.join(vscodeFolder, "out/server-main.js");
/** Screenshots and logs of the last run; never committed. */
export const resultsFolder = path.join(root, "test-results");
