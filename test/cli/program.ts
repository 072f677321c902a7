import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const CLI = join(ROOT, "dist", "cli.js");
if (!existsSync(CLI)) throw new Error(`${CLI} is missing. Run "npm run build" first.`);

/** The published data; it stays outside the project. */
export const DATA = process.env.FOXNAS_DATA ?? join(ROOT, "..", "shared", "data");
export const hasData = existsSync(join(DATA, "foxnas-cpu-256.csv"));
if (!hasData) console.warn(`!! ${DATA} is not there: tests on the published data are NOT run. Set FOXNAS_DATA.`);

/** An empty folder that goes when the tests of the file are done. */
export const FOLDER = mkdtempSync(join(tmpdir(), "foxnas-cli-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));
export const file = (name: string): string => join(FOLDER, name);

/** ID of the built-in predictor of a target, Raspberry Pi 4 at 256 px. */
export function builtIn(target: "accuracy" | "latency"): string {
  const suffix = ".predictor.json";
  const id = readdirSync(join(ROOT, "media", "predictors"))
    .filter((name) => name.endsWith(suffix) && name.includes(target) && name.startsWith("foxnas-cpu"))
    .map((name) => name.slice(0, -suffix.length))[0];
  if (id === undefined) throw new Error(`media/predictors has no built-in predictor of ${target}`);
  return id;
}

export const MODEL = (): string[] => ["--space", "foxnas-cpu", "--accuracy", builtIn("accuracy"), "--latency", builtIn("latency")];

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `node dist/cli.js ARGS` in FOLDER. */
export function start(...args: string[]): { pid: number; ended: Promise<Ended>; interrupt(): void } {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: FOLDER, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { pid: child.pid!, ended, interrupt: () => void child.kill("SIGINT") };
}

/** Runs `node dist/cli.js ARGS` to its end. */
export function cli(...args: string[]): Promise<Ended> {
  return start(...args).ended;
}

/** The one JSON document of a run with --json. */
export async function json<T>(expectedCode: number, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await cli(...args, "--json");
  if (code !== expectedCode) throw new Error(`exit code ${code}, expected ${expectedCode}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
