import { execFileSync } from "node:child_process";
import { cpus, freemem, loadavg, totalmem } from "node:os";
import { root } from "./root.js";
import { fixed, GiB } from "./table.js";

/** What the figures were measured on, and in which state it was. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Over 1, 5 and 15 minutes; null where the system keeps none (Windows). */
  readonly loadAverage: readonly number[] | null;
  readonly memoryFreeBytes: number;
  readonly memoryTotalBytes: number;
  readonly node: string;
  readonly platform: string;
  readonly date: string;
  /** Null outside a git clone. */
  readonly commit: string | null;
  /** The working tree differs from the commit. */
  readonly changed: boolean;
}

/** Load per core above which timings are not to be trusted. */
const HIGH_LOAD = 0.5;
/** A process of one thread that got less of its core than this was held up by others. */
const LEAST_CORE_SHARE = 0.9;

export function machineNow(): Machine {
  const processors = cpus();
  const commit = git("rev-parse", "--short=12", "HEAD");
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    loadAverage: process.platform === "win32" ? null : loadavg(),
    memoryFreeBytes: freemem(),
    memoryTotalBytes: totalmem(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    date: new Date().toISOString(),
    commit,
    changed: commit !== null && git("status", "--porcelain") !== "",
  };
}

/** What git says; null without git or outside a clone. */
function git(...args: string[]): string | null {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}

export function printMachine(machine: Machine): void {
  const { cpu, cores, loadAverage, commit, changed } = machine;
  const load = loadAverage === null ? "not known on this system" : `${loadAverage.map((value) => fixed(value, 2)).join(", ")} (1, 5, 15 min)`;
  const memory = `${GiB(machine.memoryFreeBytes)} free of ${GiB(machine.memoryTotalBytes)}`;
  const version = commit === null ? "unknown (no git here)" : `${commit}${changed ? ", with changes that are not committed" : ""}`;
  console.log(`FOX-NAS benchmark
  processor     ${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}
  load average  ${load}
  memory        ${memory}
  Node.js       ${machine.node} on ${machine.platform}
  date          ${machine.date}
  commit        ${version}`);
  if (loadAverage !== null && loadAverage[0]! > HIGH_LOAD * cores) {
    console.log(`  !! The load is high for ${cores} cores: times below are too long, and spread. Run again when nothing else runs.`);
  }
}

/** Starts a watch on how much of a core this process gets; the call returns the share since then. */
export function watchCore(): () => number {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return (user + system) / 1000 / (performance.now() - wall);
  };
}

export function printCoreShare(coreShare: number): void {
  console.log(`\n  This process had ${fixed(100 * coreShare, 0)} % of one core meanwhile.`);
  if (coreShare < LEAST_CORE_SHARE) console.log("  !! Other programs had the rest: the times above are too long.");
}
