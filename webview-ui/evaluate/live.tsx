import { countOf, percent } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import { LiveMeasuring } from "../liveMeasuring.js";
import type { EvaluateRunView } from "../types.js";
import { useWidth } from "../useWidth.js";
import { CostDrawing } from "./costScatter.js";
import { askedText, doneText, imagesText, subnetsText } from "./text.js";

/** Accuracy is a count of images: it does not depend on the clock. */
export const CARE = "Accuracies do not depend on what else the machine does; other work only makes this take longer.";

/** While it measures: how far, how long yet, how fast, and what is known so far. */
export function LiveEvaluate({ run, progress }: { run: EvaluateRunView; progress: NonNullable<EvaluateRunView["progress"]> }) {
  const { asked } = run;
  const subnets = progress.subnets ?? [];
  const best = subnets.reduce<number | null>((most, { top1 }) => (most === null || top1 > most ? top1 : most), null);
  const total = asked.samples + asked.heldOut + asked.given;
  const perMinute = subnets.length === 0 || progress.elapsedMs <= 0 ? null : subnets.length / (progress.elapsedMs / 60_000);
  return (
    <>
      <LiveMeasuring name="Evaluation" progress={progress} live={run.state === "running"} left="left" note={progress.note} care={CARE} tone="accuracy">
        <Figure name="done" value={doneText(progress)}>
          <span>{subnets.length} of {subnetsText(total)} measured</span>
          <span data-figure="throughput">{perMinute === null ? askedText(run) : `${perMinute < 10 ? perMinute.toFixed(1) : countOf(perMinute)} a minute`}</span>
        </Figure>
        <Figure tone="accuracy" name="best" value={best === null ? "–" : percent(best)}>
          <span>best measured top-1 so far, {asked.precisions[0]}</span>
          <span>{asked.validationImages === null ? "on all validation images" : `on ${imagesText(asked.validationImages)}`}</span>
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
      <h2>Measured so far</h2>
      <div ref={box} class="plot">
        {width > 80 && <CostDrawing points={subnets} width={Math.min(width, 760)} label={`Measured top-1 over multiply-adds of ${subnetsText(subnets.length)} so far`} />}
      </div>
    </section>
  );
}
