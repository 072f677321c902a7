import { duration } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import { Bar, capital } from "../profile/live.js";
import { share, timeLeft } from "../profile/text.js";
import type { BenchRunView } from "../types.js";

/** While it measures: how far, and how long yet. */
export function LiveBench({ run, progress }: { run: BenchRunView; progress: NonNullable<BenchRunView["progress"]> }) {
  const { done, total, elapsedMs, remainingMs, note } = progress;
  const { configs, baselines, batches, rounds } = run.asked;
  const live = run.state === "running";
  const part = total <= 0 ? 0 : Math.min(1, done / total);
  return (
    <section class="profile-live" aria-label="Progress">
      <div class="hero">
        <Figure tone="latency" name="done" value={share(part, 0)}>
          <span>measured</span>
        </Figure>
        <Figure name="networks" value={String(configs + baselines)}>
          <span>networks in turn, {rounds} readings each</span>
          <span>in each of {batches === 1 ? "1 process" : `${batches} processes`}</span>
        </Figure>
        <Figure name="left" value={live ? timeLeft(remainingMs) : "–"}>
          <span>left</span>
        </Figure>
        <Figure name="elapsed" value={duration(elapsedMs)}>
          <span>elapsed</span>
        </Figure>
      </div>
      <Bar name="Benchmark" share={part} />
      <p class="readout" data-figure="doing">{capital(note)}</p>
      {live && <p class="dim">Leave the machine alone while it measures: other work shows up as noise.</p>}
    </section>
  );
}
