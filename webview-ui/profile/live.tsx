import { Figure } from "../hero.js";
import { LiveMeasuring } from "../liveMeasuring.js";
import type { ProfileRunView } from "../types.js";
import { share, targetText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** While it measures: how far, how long yet, and how good the fit is so far. */
export function LiveProfile({ run, progress }: { run: ProfileRunView; progress: NonNullable<ProfileRunView["progress"]> }) {
  const { fit, note } = progress;
  const { target, samples } = run.asked;
  const heldOut = fit?.heldOut ?? null;
  return (
    // The error, behind the semicolon of the note, is a figure of its own.
    <LiveMeasuring name={t("Profile")} progress={progress} live={run.state === "running"} left={t("left, at most")} note={note.split(";")[0]!}>
      <Figure tone="latency" name="heldOut" value={heldOut === null ? "–" : share(heldOut)}>
        <span>{t("held-out error so far")}</span>
        <span>{heldOut === null ? t("known after the first batch") : target > 0 ? t("stops at {0}", targetText(target)) : t("on architectures the fit has not seen")}</span>
      </Figure>
      <Figure name="timed" value={String(fit?.timed ?? 0)}>
        <span>{t("of at most {0} architectures timed", samples)}</span>
      </Figure>
    </LiveMeasuring>
  );
}
