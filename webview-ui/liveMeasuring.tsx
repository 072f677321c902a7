import type { ComponentChildren } from "preact";
import { duration } from "../src/shared/format.js";
import { t } from "../src/shared/l10n.js";
import { toldText } from "../src/shared/toldText.js";
import type { MeasureProgress } from "../src/shared/measure.js";
import { Figure } from "./hero.js";
import { timeLeft } from "./profile/text.js";

/** How far a measuring job is, 0..1; null before that is known. */
export const shareDone = ({ done, total }: MeasureProgress): number | null => (total <= 0 ? null : Math.min(1, done / total));

const QUIET = t("Leave the machine alone while it measures: other work shows up as noise.");

/**
 * While a run measures: its own figures, then how long yet, and what is being done.
 * @param left what stands below the time that is left
 * @param care what other work on the machine does to what is measured
 */
export function LiveMeasuring(props: { name: string; progress: MeasureProgress; live: boolean; left: string; note: string; care?: string; tone?: "accuracy" | "latency"; children: ComponentChildren }) {
  const { name, progress, live, left, note, care = QUIET, tone = "latency", children } = props;
  return (
    <section class="profile-live" aria-label={t("Progress")}>
      <div class="hero">
        {children}
        <Figure name="left" value={live ? timeLeft(progress.remainingMs) : "–"}>
          <span>{left}</span>
        </Figure>
        <Figure name="elapsed" value={duration(progress.elapsedMs)}>
          <span>{t("elapsed")}</span>
        </Figure>
      </div>
      <Bar name={name} share={shareDone(progress) ?? 0} tone={tone} />
      <p class="readout" data-figure="doing">{capitalised(toldText(note))}</p>
      {live && <p class="dim">{care}</p>}
    </section>
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A bar without a style attribute, which the policy refuses. */
function Bar({ name, share, tone }: { name: string; share: number; tone: string }) {
  const percent = Math.max(0, 100 * share);
  return (
    <svg class="bar" height={6} width="100%" role="progressbar" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(percent)}>
      <rect class="groove" width="100%" height={6} rx={3} />
      <rect class={`fill ${tone}`} width={`${percent}%`} height={6} rx={3} />
    </svg>
  );
}
