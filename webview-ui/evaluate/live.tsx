import { countOf, percent } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import { LiveMeasuring } from "../liveMeasuring.js";
import type { EvaluateRunView } from "../types.js";
import { useWidth } from "../useWidth.js";
import { CostDrawing } from "./costScatter.js";
import { askedText, doneText, imagesText, subnetsText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** Accuracy is a count of images: it does not depend on the clock. */
export const CARE = t("Accuracies do not depend on what else the machine does; other work only makes this take longer.");

/** While it measures: how far, how long yet, how fast, and what is known so far. */
export function LiveEvaluate({ run, progress }: { run: EvaluateRunView; progress: NonNullable<EvaluateRunView["progress"]> }) {
  const { asked } = run;
  const subnets = progress.subnets ?? [];
  const best = subnets.reduce<number | null>((most, { top1 }) => (most === null || top1 > most ? top1 : most), null);
  const total = asked.samples + asked.heldOut + asked.given;
  const perMinute = subnets.length === 0 || progress.elapsedMs <= 0 ? null : subnets.length / (progress.elapsedMs / 60_000);
  return (
    <>
      <LiveMeasuring name={t("Evaluation")} progress={progress} live={run.state === "running"} left={t("left")} note={progress.note} care={CARE} tone="accuracy">
        <Figure name="done" value={doneText(progress)}>
          <span>{t("{0} of {1} measured", subnets.length, subnetsText(total))}</span>
          <span data-figure="throughput">{perMinute === null ? askedText(run) : t("{0} a minute", perMinute < 10 ? perMinute.toFixed(1) : countOf(perMinute))}</span>
        </Figure>
        <Figure tone="accuracy" name="best" value={best === null ? "–" : percent(best)}>
          <span>{t("best measured top-1 so far, {0}", asked.precisions[0]!)}</span>
          <span>{asked.validationImages === null ? t("on all validation images") : t("on {0}", imagesText(asked.validationImages))}</span>
        </Figure>
      </LiveMeasuring>
      {subnets.length > 0 && <LiveScatter subnets={subnets} />}
    </>
  );
}

function LiveScatter({ subnets }: { subnets: NonNullable<NonNullable<EvaluateRunView["progress"]>["subnets"]> }) {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <section class="scatter">
      <h2>{t("Measured so far")}</h2>
      <div ref={box} class="plot">
        {width > 80 && <CostDrawing points={subnets} width={Math.min(width, 760)} label={t("Measured top-1 over multiply-adds of {0} so far", subnetsText(subnets.length))} />}
      </div>
    </section>
  );
}
