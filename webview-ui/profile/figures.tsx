import { duration, intervalText } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import type { ProfileCard } from "../types.js";
import { share, suspectSentence, timesOf } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The four numbers that answer: how good, does it order rightly, for which times, what it took. */
export function ProfileFigures({ result }: { result: ProfileCard }) {
  const { heldOut, samples, noise, elapsedMs } = result;
  const suspect = suspectSentence(result);
  return (
    <section class="hero-section" aria-label={t("What the profile found")}>
      <div class="hero">
        <Figure tone="latency" name="heldOut" value={share(heldOut.mape)}>
          <span>{t("held-out error (mean, absolute)")}</span>
          <span>{t("each of {0} predicted by a fit without it", samples.length)}</span>
        </Figure>
        <Figure name="tau" value={heldOut.kendallTau.toFixed(2)}>
          <span>{t("Kendall τ, held out")}</span>
          <span>{t("1: every pair in the right order")}</span>
        </Figure>
        <Figure name="range" value={intervalText(timesOf(result), "ms").replace(t(" to "), "–")}>
          <span>{t("measured, smallest to largest architecture")}</span>
        </Figure>
        <Figure name="took" value={duration(elapsedMs)}>
          <span>{t("to measure")}</span>
          <span>{t("split-half {0}", share(noise.splitHalf))}</span>
        </Figure>
      </div>
      {suspect !== null && <p class="notice warn" data-figure="suspect">{suspect}</p>}
    </section>
  );
}
