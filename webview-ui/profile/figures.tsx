import { duration, intervalText } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import type { ProfileCard } from "../types.js";
import { share, suspectSentence, timesOf } from "./text.js";

/** The four numbers that answer: how good, does it order rightly, for which times, what it took. */
export function ProfileFigures({ result }: { result: ProfileCard }) {
  const { heldOut, samples, noise, elapsedMs } = result;
  const suspect = suspectSentence(result);
  return (
    <section class="hero-section" aria-label="What the profile found">
      <div class="hero">
        <Figure tone="latency" name="heldOut" value={share(heldOut.mape)}>
          <span>held-out error (mean, absolute)</span>
          <span>each of {samples.length} predicted by a fit without it</span>
        </Figure>
        <Figure name="tau" value={heldOut.kendallTau.toFixed(2)}>
          <span>Kendall τ, held out</span>
          <span>1: every pair in the right order</span>
        </Figure>
        <Figure name="range" value={intervalText(timesOf(result), "ms").replace(" to ", "–")}>
          <span>measured, smallest to largest architecture</span>
        </Figure>
        <Figure name="took" value={duration(elapsedMs)}>
          <span>to measure</span>
          <span>split-half {share(noise.splitHalf)}</span>
        </Figure>
      </div>
      {suspect !== null && <p class="notice warn" data-figure="suspect">{suspect}</p>}
    </section>
  );
}
