import { budgetText, duration } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import { Bar, capital } from "../profile/live.js";
import { share, timeLeft } from "../profile/text.js";
import type { TuneRunView } from "../types.js";

/** While it measures: how far, and how long yet at most. */
export function LiveTune({ run, progress }: { run: TuneRunView; progress: NonNullable<TuneRunView["progress"]> }) {
  const { done, total, elapsedMs, remainingMs, note } = progress;
  const live = run.state === "running";
  const part = total <= 0 ? 0 : Math.min(1, done / total);
  return (
    <section class="profile-live" aria-label="Progress">
      <div class="hero">
        <Figure tone="latency" name="done" value={share(part, 0)}>
          <span>of the most it may measure</span>
          <span>it stops when predicted and measured agree</span>
        </Figure>
        <Figure name="budget" value={budgetText(run.budget)}>
          <span>latency budget</span>
          <span>{run.asked.rounds} readings of each architecture</span>
        </Figure>
        <Figure name="left" value={live ? timeLeft(remainingMs) : "–"}>
          <span>left, at most</span>
        </Figure>
        <Figure name="elapsed" value={duration(elapsedMs)}>
          <span>elapsed</span>
        </Figure>
      </div>
      <Bar name="Search and measure" share={part} />
      <p class="readout" data-figure="doing">{capital(note)}</p>
      {live && <p class="dim">Leave the machine alone while it measures: other work shows up as noise.</p>}
    </section>
  );
}
