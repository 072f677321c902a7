import { Figure } from "../hero.js";
import { LiveMeasuring } from "../liveMeasuring.js";
import type { ProfileRunView } from "../types.js";
import { share, targetText } from "./text.js";

/** While it measures: how far, how long yet, and how good the fit is so far. */
export function LiveProfile({ run, progress }: { run: ProfileRunView; progress: NonNullable<ProfileRunView["progress"]> }) {
  const { fit, note } = progress;
  const { target, samples } = run.asked;
  const heldOut = fit?.heldOut ?? null;
  return (
    // The error, behind the semicolon of the note, is a figure of its own.
    <LiveMeasuring name="Profile" progress={progress} live={run.state === "running"} left="left, at most" note={note.split(";")[0]!}>
      <Figure tone="latency" name="heldOut" value={heldOut === null ? "–" : share(heldOut)}>
        <span>held-out error so far</span>
        <span>{heldOut === null ? "known after the first batch" : target > 0 ? `stops at ${targetText(target)}` : "on architectures the fit has not seen"}</span>
      </Figure>
      <Figure name="timed" value={String(fit?.timed ?? 0)}>
        <span>of at most {samples} architectures timed</span>
      </Figure>
    </LiveMeasuring>
  );
}
