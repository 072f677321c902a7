import { duration } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import type { ProfileRunView } from "../types.js";
import { share, targetText, timeLeft } from "./text.js";

/** While it measures: how far, how long yet, and how good the fit is so far. */
export function LiveProfile({ run, progress }: { run: ProfileRunView; progress: NonNullable<ProfileRunView["progress"]> }) {
  const { fit, elapsedMs, remainingMs, note } = progress;
  const { target, samples } = run.asked;
  const heldOut = fit?.heldOut ?? null;
  const live = run.state === "running";
  return (
    <section class="profile-live" aria-label="Progress">
      <div class="hero">
        <Figure tone="latency" name="heldOut" value={heldOut === null ? "–" : share(heldOut)}>
          <span>held-out error so far</span>
          <span>{heldOut === null ? "known after the first batch" : target > 0 ? `stops at ${targetText(target)}` : "on architectures the fit has not seen"}</span>
        </Figure>
        <Figure name="timed" value={String(fit?.timed ?? 0)}>
          <span>of at most {samples} architectures timed</span>
        </Figure>
        <Figure name="left" value={live ? timeLeft(remainingMs) : "–"}>
          <span>left, at most</span>
        </Figure>
        <Figure name="elapsed" value={duration(elapsedMs)}>
          <span>elapsed</span>
        </Figure>
      </div>
      <Bar name="Profile" share={progress.total <= 0 ? 0 : progress.done / progress.total} />
      {/* The error is a figure of its own above. */}
      <p class="readout" data-figure="doing">{capital(note.split(";")[0]!)}</p>
      {live && <p class="dim">Leave the machine alone while it measures: other work shows up as noise.</p>}
    </section>
  );
}

/** A bar without a style attribute, which the policy refuses. */
export function Bar({ name, share: done }: { name: string; share: number }) {
  const percent = Math.min(100, Math.max(0, 100 * done));
  return (
    <svg class="bar" height={6} width="100%" role="progressbar" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(percent)}>
      <rect class="groove" width="100%" height={6} rx={3} />
      <rect class="fill latency" width={`${percent}%`} height={6} rx={3} />
    </svg>
  );
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
