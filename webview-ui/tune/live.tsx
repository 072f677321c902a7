import { budgetText } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import { LiveMeasuring, shareDone } from "../liveMeasuring.js";
import { share } from "../profile/text.js";
import type { TuneRunView } from "../types.js";
import { t } from "../../src/shared/l10n.js";

/** While it measures: how far, and how long yet at most. */
export function LiveTune({ run, progress }: { run: TuneRunView; progress: NonNullable<TuneRunView["progress"]> }) {
  return (
    <LiveMeasuring name={t("Search and measure")} progress={progress} live={run.state === "running"} left={t("left, at most")} note={progress.note}>
      <Figure tone="latency" name="done" value={share(shareDone(progress) ?? 0, 0)}>
        <span>{t("of the most it may measure")}</span>
        <span>{t("it stops when predicted and measured agree")}</span>
      </Figure>
      <Figure name="budget" value={budgetText(run.budget)}>
        <span>{t("latency budget")}</span>
        <span>{t("{0} readings of each architecture", run.asked.rounds)}</span>
      </Figure>
    </LiveMeasuring>
  );
}
