import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root, serverMain, vscodeFolder } from "./paths.js";

const folder = path.join(root, "test/e2e/vscode-server");
const stamp = path.join(folder, "node_modules/.foxnas-installed");

/**
 * Installs the real VS Code of the end-to-end tests into its own node_modules, once per lockfile.
 * @throws when npm fails or ripgrep is missing; the message says which and what to do.
 */
export function installVsCode(): void {
  const lockfile = readFileSync(path.join(folder, "package-lock.json"), "utf8");
  if (existsSync(stamp) && existsSync(serverMain) && readFileSync(stamp, "utf8") === lockfile) return;
  console.log("Installing VS Code (the npm package code-server, about 300 MB) into test/e2e/vscode-server …");
  npm(folder, ["ci"]);
  npm(vscodeFolder, ["ci", "--ignore-scripts", "--omit=dev", "--legacy-peer-deps"]);
  linkRipgrep();
  buildLogger();
  writeFileSync(stamp, lockfile);
}

/** VS Code searches files with ripgrep and expects it in a package whose install script, which we do not run, would fetch it. */
function linkRipgrep(): void {
  const ripgrep = (process.env["PATH"] ?? "").split(path.delimiter).map((dir) => path.join(dir, "rg")).find(existsSync);
  if (ripgrep === undefined) throw new Error("ripgrep (rg) is not on the PATH. Install it: apt-get install ripgrep");
  const bin = path.join(vscodeFolder, "node_modules/@vscode/ripgrep/bin");
  mkdirSync(bin, { recursive: true });
  rmSync(path.join(bin, "rg"), { force: true });
  symlinkSync(ripgrep, path.join(bin, "rg"));
}

/** Compiles VS Code's log writer. Without it VS Code runs, but Output channels stay empty. */
function buildLogger(): void {
  const headers = ["/usr", path.resolve(process.execPath, "../..")].find((dir) => existsSync(path.join(dir, "include/node/node_api.h")));
  const env = headers === undefined ? {} : { npm_config_nodedir: headers };
  try {
    npm(vscodeFolder, ["rebuild", "--ignore-scripts=false", "@vscode/spdlog", "native-watchdog"], env);
  } catch {
    console.warn("VS Code's log writer did not compile (a C++ compiler and Node's headers are needed): Output channels stay empty.");
  }
}

function npm(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}): void {
  execFileSync("npm", args, { cwd, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...env } });
}
