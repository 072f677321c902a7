import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root, serverMain, vscodeFolder } from "./paths.js";

const folder = path.join(root, "test/e2e/vscode-server");
const stamp = path.join(folder, "node_modules/.foxnas-installed");

/** Native parts that the package carries as sources: the log writer, what it needs, and terminals. */
const NATIVE = ["@vscode/spdlog", "native-watchdog", "node-pty"];
/** One of them compiles in well under a minute; a compiler's headers that cannot be fetched must not hold up the tests. */
const COMPILING_MS = 300_000;

/**
 * Installs the real VS Code of the end-to-end tests into its own node_modules, once per lockfile.
 * @throws when npm fails or ripgrep is missing; the message says which and what to do.
 */
export function installVsCode(): void {
  const lockfile = readFileSync(path.join(folder, "package-lock.json"), "utf8");
  if (!(existsSync(serverMain) && holds(stamp, lockfile))) {
    console.log("Installing VS Code (the npm package code-server, about 300 MB) into test/e2e/vscode-server …");
    npm(folder, ["ci"]);
    npm(vscodeFolder, ["ci", "--ignore-scripts", "--omit=dev", "--legacy-peer-deps"]);
    linkRipgrep();
    writeFileSync(stamp, lockfile);
  }
  for (const name of NATIVE) if (!compiled(name)) compile(name);
}

/** Whether the compiled part itself is there: a compiler that gave up leaves the folder behind. */
function compiled(name: string): boolean {
  const release = path.join(vscodeFolder, "node_modules", name, "build/Release");
  return existsSync(release) && readdirSync(release).some((file) => file.endsWith(".node"));
}

/** Whether terminals and tasks can be run: where nothing could be compiled, they cannot. */
export const hasTerminals = (): boolean => compiled("node-pty");

const holds = (file: string, text: string): boolean => existsSync(file) && readFileSync(file, "utf8") === text;

/** VS Code searches files with ripgrep and expects it in a package whose install script, which we do not run, would fetch it. */
function linkRipgrep(): void {
  const ripgrep = (process.env["PATH"] ?? "").split(path.delimiter).map((dir) => path.join(dir, "rg")).find(existsSync);
  if (ripgrep === undefined) throw new Error("ripgrep (rg) is not on the PATH. Install it: apt-get install ripgrep");
  const bin = path.join(vscodeFolder, "node_modules/@vscode/ripgrep/bin");
  mkdirSync(bin, { recursive: true });
  rmSync(path.join(bin, "rg"), { force: true });
  symlinkSync(ripgrep, path.join(bin, "rg"));
}

/** Compiles a native part. Without them VS Code runs, but Output channels stay empty and tasks do not start. */
function compile(name: string): void {
  const headers = ["/usr", path.resolve(process.execPath, "../..")].find((dir) => existsSync(path.join(dir, "include/node/node_api.h")));
  const env = headers === undefined ? {} : { npm_config_nodedir: headers };
  try {
    console.log(`Compiling VS Code's ${name} …`);
    npm(vscodeFolder, ["rebuild", "--ignore-scripts=false", name], { env, stderr: "ignore", timeout: COMPILING_MS });
  } catch {
    // node-pty's script tidies up after compiling and wants a program for that which is not there.
    if (compiled(name)) return;
    console.warn(`!! VS Code's ${name} did not compile (a C++ compiler and Node's headers are needed): Output channels stay empty, or tasks do not start.`);
  }
}

interface NpmOptions {
  env?: NodeJS.ProcessEnv;
  stderr?: "inherit" | "ignore";
  /** ms; without it npm has all the time it needs. */
  timeout?: number;
}

function npm(cwd: string, args: string[], { env = {}, stderr = "inherit", timeout }: NpmOptions = {}): void {
  execFileSync("npm", args, { cwd, timeout, stdio: ["ignore", "ignore", stderr], env: { ...process.env, ...env } });
}
