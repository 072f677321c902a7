/** Where a run stands in the list: what is kept on top, then by how long ago it began. */
export const GROUPS = ["pinned", "today", "yesterday", "week", "older"] as const;
export type GroupId = (typeof GROUPS)[number];

interface Grouped {
  record: { startedAt: string; pinned?: boolean | undefined };
}

/** Runs by group, in the order of the groups and, within one, in their own; no empty groups. Days are those of the person's clock. */
export function groupsOf<T extends Grouped>(runs: readonly T[], now: Date): { id: GroupId; runs: T[] }[] {
  const groups = new Map<GroupId, T[]>(GROUPS.map((id) => [id, []]));
  for (const run of runs) groups.get(groupOf(run, now))!.push(run);
  return [...groups].filter(([, members]) => members.length > 0).map(([id, members]) => ({ id, runs: members }));
}

function groupOf({ record }: Grouped, now: Date): GroupId {
  if (record.pinned === true) return "pinned";
  const days = (ago: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago);
  const started = new Date(record.startedAt);
  // A clock that was put back makes a run of tomorrow: it began today.
  if (started >= days(0)) return "today";
  if (started >= days(1)) return "yesterday";
  // Also for a date that is none.
  return started >= days(6) ? "week" : "older";
}
