import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlaceTrace } from "../../shared/measure.js";
import { lastRuns, type Kernel } from "./profileFile.js";
import { readRounds, warmUp, type Plan } from "./rounds.js";
import { release, type Loaded } from "./session.js";
import { tracesOf } from "./trace.js";

export interface Profiling extends Pick<Plan, "seed" | "breathe" | "onRound"> {
  /** How many networks. */
  readonly count: number;
  /** Loads network `i` as a session that writes its profile where the prefix says. */
  load(i: number, profilePrefix: string): Promise<Loaded>;
  /** Runs that count, after those that warm up. */
  readonly runs: number;
  readonly warmup: number;
}

/**
 * Traces networks side by side, in shuffled rounds as they are timed, so that drift falls on all of them alike. The
 * profiles lie in a temporary folder that is gone afterwards, whatever happens.
 */
export async function profile(profiling: Profiling): Promise<PlaceTrace[]> {
  const { count, runs, warmup, seed, breathe, onRound } = profiling;
  const folder = await mkdtemp(join(tmpdir(), "fox-nas-traces-"));
  const loaded: Loaded[] = [];
  try {
    for (let i = 0; i < count; i++) {
      loaded.push(await profiling.load(i, join(folder, `${i}-`)));
      await breathe();
    }
    await warmUp(loaded, warmup, breathe);
    await readRounds(loaded, { rounds: runs, repeats: 1, seed, floorMs: 0, breathe, onRound });
    for (const { session } of loaded) session.endProfiling();
    const files = await readdir(folder);
    const profiles: Kernel[][][] = [];
    for (let i = 0; i < count; i++) {
      const file = files.find((name) => name.startsWith(`${i}-`));
      if (file === undefined) throw new Error(`onnxruntime wrote no profile of network ${i}.`);
      profiles.push(lastRuns(await readFile(join(folder, file), "utf8"), runs));
      await breathe();
    }
    return tracesOf(profiles);
  } finally {
    await release(loaded);
    await rm(folder, { recursive: true, force: true });
  }
}
