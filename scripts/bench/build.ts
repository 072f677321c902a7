import { execFile } from "node:child_process";
import path from "node:path";
import { root } from "./root.js";

let built: Promise<void> | null = null;

/** Production bundles in dist/, made once a benchmark. */
export function productionBuild(): Promise<void> {
  return (built ??= runScript("scripts/build.mjs", "--production"));
}

/** The package for this platform; it makes the production bundles on its way. */
export function packageTo(file: string): Promise<void> {
  const packaged = runScript("scripts/package.mjs", "--out", file);
  built ??= packaged;
  return packaged;
}

/** Runs a script of the repository; what it printed is shown only when it fails. */
function runScript(script: string, ...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [path.join(root, script), ...args], { cwd: root }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`${script} failed:\n${stdout}${stderr}`));
    });
  });
}
