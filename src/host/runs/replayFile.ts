import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { writeFileAtomically } from "../../runs/atomicFile.js";
import type { RunKind } from "../../shared/runs.js";
import { firstDifference, isReproducible } from "../../shared/sameResult.js";

/** What came out of running something again. `measured`: its numbers come from a clock, so they are not compared. */
const VerdictSchema = v.variant("kind", [
  v.object({ kind: v.literal("same") }),
  v.object({ kind: v.literal("different"), field: v.string(), was: v.string(), is: v.string() }),
  v.object({ kind: v.literal("measured") }),
]);
export type Verdict = v.InferOutput<typeof VerdictSchema>;

/** `replay.json` beside a run that repeats an earlier one. */
const ReplaySchema = v.object({
  version: v.literal(1),
  /** What is repeated, for people: a file's name, or an earlier run. */
  of: v.string(),
  /** The earlier result, until there is a verdict. */
  expected: v.optional(v.unknown()),
  verdict: v.nullable(VerdictSchema),
});
export type Replay = v.InferOutput<typeof ReplaySchema>;

const fileIn = (folder: string): string => join(folder, "replay.json");

/** Null for a run that repeats nothing, and where nothing readable was stored. */
export async function readReplay(folder: string): Promise<Replay | null> {
  try {
    const parsed = v.safeParse(ReplaySchema, JSON.parse(await readFile(fileIn(folder), "utf8")));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Rejects with the file system's error. */
export function writeReplay(folder: string, replay: Replay): Promise<void> {
  return writeFileAtomically(fileIn(folder), `${JSON.stringify(replay)}\n`);
}

/** Compares a result with the one it repeats, and keeps what came out. Rejects with the file system's error. */
export async function judgeReplay(folder: string, kind: RunKind, result: unknown): Promise<void> {
  const replay = await readReplay(folder);
  if (replay === null || replay.verdict !== null) return;
  const { expected, ...rest } = replay;
  await writeReplay(folder, { ...rest, verdict: verdictOn(kind, expected, result) });
}

function verdictOn(kind: RunKind, expected: unknown, result: unknown): Verdict {
  if (!isReproducible(kind)) return { kind: "measured" };
  const difference = firstDifference(expected, result);
  return difference === null ? { kind: "same" } : { kind: "different", ...difference };
}
