import { budgetText, percent } from "../../src/shared/format.js";
import { CARE } from "../evaluate/live.js";
import { doneText, imagesText } from "../evaluate/text.js";
import { Figure } from "../hero.js";
import { LiveMeasuring } from "../liveMeasuring.js";
import type { FinalistsRunView } from "../types.js";

/** While it measures: how far, how long yet, and the best so far. */
export function LiveFinalists({ run, progress }: { run: FinalistsRunView; progress: NonNullable<FinalistsRunView["progress"]> }) {
  const { candidates, calibrations, precision, validationImages } = run.asked;
  const subnets = progress.subnets ?? [];
  const best = subnets.reduce<number | null>((most, { top1 }) => (most === null || top1 > most ? top1 : most), null);
  const sets = calibrations === 1 ? "one calibration set" : `${calibrations} calibration sets each`;
  return (
    <LiveMeasuring name="Measuring the finalists" progress={progress} live={run.state === "running"} left="left" note={progress.note} care={CARE} tone="accuracy">
      {best === null ? (
        <Figure name="done" value={doneText(progress)}>
          <span>measured</span>
        </Figure>
      ) : (
        <Figure tone="accuracy" name="accuracy" value={percent(best)}>
          <span>best measured top-1 so far, {precision}</span>
          <span>{subnets.length} of {candidates} measured</span>
        </Figure>
      )}
      <Figure name="finalists" value={String(candidates)}>
        <span>finalists under {budgetText(run.budget)}, {sets}</span>
        <span>{validationImages === null ? "all validation images" : imagesText(validationImages)}</span>
      </Figure>
    </LiveMeasuring>
  );
}
