import { Random } from "../../engine/random.js";
import { timed } from "./clock.js";
import type { Readings } from "./drift.js";
import type { Loaded } from "./session.js";

export interface Plan {
  readonly rounds: number;
  /** Runs in one reading. */
  readonly repeats: number;
  readonly seed: number;
  /** A clock that does not move at all still gives times above 0. */
  readonly floorMs: number;
  /** Called after every reading; throws to stop. */
  breathe(): Promise<void>;
  /** Called after every round, with how many are done. */
  onRound(done: number): void;
}

/**
 * Reads every network once in each round, each round in a new random order: neighbours disturb each other (caches,
 * clock speed), and a fixed order would make that part of the result.
 * @returns readings on both clocks, ms of one run
 */
export async function readRounds(loaded: readonly Loaded[], plan: Plan): Promise<{ cpu: Readings; wall: Readings }> {
  const cpu = loaded.map((): number[] => []);
  const wall = loaded.map((): number[] => []);
  const random = Random.seeded(plan.seed);
  for (let round = 0; round < plan.rounds; round++) {
    for (const i of random.permutation(loaded.length)) {
      const reading = await timed(loaded[i]!.run, plan.repeats);
      cpu[i]!.push(Math.max(reading.cpu, plan.floorMs));
      wall[i]!.push(Math.max(reading.wall, plan.floorMs));
      await plan.breathe();
    }
    plan.onRound(round + 1);
  }
  return { cpu, wall };
}

/** Runs each network `runs` times, at least once; the shortest wall time of a run of each, ms. */
export async function warmUp(loaded: readonly Loaded[], runs: number, breathe: () => Promise<void>): Promise<number[]> {
  const shortest: number[] = [];
  for (const { run } of loaded) {
    let least = Infinity;
    for (let i = 0; i < Math.max(1, runs); i++) {
      least = Math.min(least, (await timed(run, 1)).wall);
      await breathe();
    }
    shortest.push(least);
  }
  return shortest;
}
