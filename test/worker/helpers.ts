import { build } from "esbuild";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const bundles = new Map<string, Promise<string>>();

/** Bundles an entry as the build does; the path of the bundle. Inside the project, where packages left out are found. */
export function bundle(entry: string): Promise<string> {
  const known = bundles.get(entry);
  if (known !== undefined) return known;
  const outfile = join(ROOT, "test-results", "worker", `${entry.replaceAll(/\W+/g, "-")}.cjs`);
  const made = build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["onnxruntime-node"],
  }).then(() => outfile);
  bundles.set(entry, made);
  return made;
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fox-nas-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A result's bytes without elapsed times, which no two runs share. */
export function bytesOf(result: unknown): string {
  return JSON.stringify(result, (key, value: unknown) => (key === "elapsedMs" ? undefined : value));
}

/** Whether a process runs. A dead one that nobody has collected yet (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}

/** Processes that a process has started and that run; none where the system does not say. */
export function childrenOf(pid: number): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isAlive(Number(name)) && parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}
