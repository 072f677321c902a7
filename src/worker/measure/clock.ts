import { quantile } from "./statistics.js";

/** A reading on both clocks, ms. */
export interface Reading {
  readonly cpu: number;
  readonly wall: number;
}

export interface ClockChoice {
  readonly clock: "cpu" | "wall";
  readonly reason: string;
  /** Runs in one reading. */
  readonly repeats: number;
}

/** A clock is too coarse when its step is more than this share of a reading. */
const COARSEST = 0.01;
/** More runs in a reading, for the sake of a coarse CPU clock, make a round too long to show drift. */
const MOST_REPEATS = 8;
/** A reading on the wall clock lasts at least so long: the operating system's own business is a matter of microseconds. */
const SHORTEST_WALL_READING_MS = 0.5;
const MOST_WALL_REPEATS = 64;

const STEPS = 32;
const PATIENCE_MS = 250;

/** Smallest step of `process.cpuUsage`, ms: 1-3 us on Linux and macOS, 15.6 ms on Windows. Takes up to 250 ms. */
export function cpuGranularityMs(): number {
  const steps: number[] = [];
  const until = performance.now() + PATIENCE_MS;
  let last = cpuMs();
  while (steps.length < STEPS && performance.now() < until) {
    const now = cpuMs();
    if (now > last) steps.push(now - last);
    last = now;
  }
  // The lower quartile: this thread also pays for what others of the process do meanwhile.
  return steps.length === 0 ? PATIENCE_MS : quantile(steps, 0.25);
}

/**
 * CPU time tells a run from what else the machine does, so it is taken where it can be: one thread on the CPU, and
 * a clock fine enough.
 * @param shortestMs wall time of a run of the fastest network
 */
export function chooseClock(batch: {
  readonly granularityMs: number;
  readonly shortestMs: number;
  readonly threads: number;
  readonly executionProvider: string;
}): ClockChoice {
  const { granularityMs, shortestMs, threads, executionProvider } = batch;
  const wall = (reason: string): ClockChoice => ({
    clock: "wall",
    reason,
    repeats: clamp(SHORTEST_WALL_READING_MS / shortestMs, MOST_WALL_REPEATS),
  });
  if (executionProvider !== "cpu") return wall(`the execution provider ${executionProvider} does not work on the CPU alone`);
  if (threads > 1) return wall(`${threads} threads work at once`);
  const wanted = granularityMs / COARSEST / shortestMs;
  if (wanted > MOST_REPEATS) {
    return wall(`CPU time moves in steps of ${granularityMs.toFixed(3)} ms, too coarse for runs of ${shortestMs.toFixed(3)} ms`);
  }
  return { clock: "cpu", reason: "one thread on the CPU", repeats: clamp(wanted, MOST_REPEATS) };
}

/** Times `repeats` runs; a reading is their mean. */
export async function timed(run: () => Promise<unknown>, repeats: number): Promise<Reading> {
  const wallBefore = process.hrtime.bigint();
  const cpuBefore = cpuMs();
  for (let i = 0; i < repeats; i++) await run();
  const cpu = cpuMs() - cpuBefore;
  const wall = Number(process.hrtime.bigint() - wallBefore) / 1e6;
  return { cpu: cpu / repeats, wall: wall / repeats };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const clamp = (wanted: number, most: number) => Math.min(most, Math.max(1, Math.ceil(wanted)));
