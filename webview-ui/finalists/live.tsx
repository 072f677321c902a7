import { budgetText, percent } from "../../src/shared/format.js";
import { CARE } from "../evaluate/live.js";
import { doneText, imagesText } from "../evaluate/text.js";
import { Figure } from "../hero.js";
import { LiveMeasuring } from "../liveMeasuring.js";
import type { FinalistsRunView } from "../types.js";
import { t } from "../../src/shared/l10n.js";

/** While it measures: how far, how long yet, and the best so far. */
export function LiveFinalists({ run, progress }: { run: FinalistsRunView; progress: NonNullable<FinalistsRunView["progress"]> }) {
  const { candidates, rounds, calibrations, precision, validationImages } = run.asked;
  const most = candidates * rounds;
  const subnets = progress.subnets ?? [];
  const best = subnets.reduce<number | null>((most, { top1 }) => (most === null || top1 > most ? top1 : most), null);
  const sets = calibrations === 1 ? t("one calibration set") : t("{0} calibration sets each", calibrations);
  return (
    <LiveMeasuring name={t("Measuring the finalists")} progress={progress} live={run.state === "running"} left={t("left")} note={progress.note} care={CARE} tone="accuracy">
      {best === null ? (
        <Figure name="done" value={doneText(progress)}>
          <span>{t("measured")}</span>
        </Figure>
      ) : (
        <Figure tone="accuracy" name="accuracy" value={percent(best)}>
          <span>{t("best measured top-1 so far, {0}", precision)}</span>
          <span>{rounds === 1 ? t("{0} of {1} measured", subnets.length, most) : t("{0} of at most {1} measured", subnets.length, most)}</span>
        </Figure>
      )}
      <Figure name="finalists" value={String(candidates)}>
        <span>{rounds === 1 ? t("finalists under {0}, {1}", budgetText(run.budget), sets) : t("finalists a round under {0}, {1}", budgetText(run.budget), sets)}</span>
        {rounds > 1 && <span>{t("{0} rounds at most", rounds)}</span>}
        <span>{validationImages === null ? t("all validation images") : imagesText(validationImages)}</span>
      </Figure>
    </LiveMeasuring>
  );
}
