import { readFileSync, readdirSync } from "node:fs";

const read = (pid: string, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return ""; // it ended while we looked
  }
};

/** Parent of a process, 0 when it is gone. The name in `stat` may hold spaces and brackets, so count from the last one. */
function parentOf(pid: string): number {
  const stat = read(pid, "stat");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? 0);
}

/** Pids of the FOX-NAS workers among the descendants of a process (Linux). */
export function workersUnder(ancestor: number): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
  const descends = (pid: number): boolean => pid === ancestor || (pid > 1 && descends(parents.get(pid) ?? 0));
  return pids
    .filter((pid) => read(pid, "cmdline").split("\0").some((word) => /fox-nas\.fox-nas-[^/]*\/dist\/worker\.js$/.test(word)))
    .map(Number)
    .filter(descends);
}
