// `npm run vscode`: the packaged extension in a real VS Code, in the browser, with a scratch workspace. Ctrl-C ends it all.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { installVsCode } from "../test/e2e/harness/install.js";
import { root } from "../test/e2e/harness/paths.js";
import { VsCodeServer } from "../test/e2e/harness/server.js";

const vsix = path.join(root, "dist", "fox-nas-local.vsix");
execFileSync(process.execPath, [path.join(root, "scripts/package.mjs"), "--out", vsix], { stdio: "inherit" });
installVsCode();

const ended = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
});
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
const server = await VsCodeServer.start({ vsix, files: { "README.md": "# A scratch workspace\n\nPress F1 and run **FOX-NAS: Search Architecture**.\n" } });
console.log(`
FOX-NAS ${version} in VS Code:  ${server.url()}

Open it in a browser, press F1 and run "FOX-NAS: Search Architecture".
The workspace is a scratch folder: ${server.workspace}
Ctrl-C ends VS Code and deletes it.`);
await ended;
await server.stop();
