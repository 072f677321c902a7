import { countOf, intervalText, percent } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import { share } from "../profile/text.js";
import type { EvaluateCard } from "../types.js";
import { byAccuracy, fitVerdict, givenVerdict, imagesOf, imagesText, measuredOf, megabytes, pp, precisionOf, shownName, subnetsText, tauText, type Verdict } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** How good the fitted predictor is, or which of the person's own configs is best; and what int8 and the time cost. */
export function EvaluateFigures({ result }: { result: EvaluateCard }) {
  const { fit, quantizationLoss } = result;
  const verdict = fitVerdict(result) ?? givenVerdict(result);
  const count = (fit === null ? 2 : fit.heldOut === null ? 3 : 4) + (quantizationLoss === null ? 0 : 1);
  return (
    <section class="hero-section" aria-label={t("What the evaluation found")}>
      <div class={`hero evaluate-hero of-${count}`}>
        {fit === null ? <Best result={result} /> : <Fit fit={fit} />}
        {quantizationLoss !== null && <Loss loss={quantizationLoss} />}
        <Speed result={result} />
      </div>
      <VerdictNotice verdict={verdict} />
    </section>
  );
}

export function VerdictNotice({ verdict: { text, tone } }: { verdict: Verdict }) {
  return <p class={`notice ${tone === "plain" ? "" : tone}`} data-figure="verdict">{text}</p>;
}

function Fit({ fit }: { fit: NonNullable<EvaluateCard["fit"]> }) {
  const { heldOut, leaveOneOut } = fit;
  const quality = heldOut ?? leaveOneOut;
  const on = heldOut === null ? t("each left out in turn") : t("on {0} it had not seen", subnetsText(heldOut.n));
  return (
    <>
      <Figure tone="accuracy" name="tau" value={tauText(quality.kendallTau)}>
        <span>{t("rank correlation, Kendall τ")}</span>
        <span>{on}</span>
      </Figure>
      <Figure name="rmse" value={pp(quality.rmse)}>
        <span>{t("predicted off by (RMSE)")}</span>
        <span>{t("{0} on average", pp(quality.mae))}</span>
      </Figure>
      {heldOut !== null && (
        <Figure name="coverage" value={share(heldOut.coverage, 0)}>
          <span>{t("measured inside their 95\u00a0% prediction intervals")}</span>
        </Figure>
      )}
    </>
  );
}

function Best({ result }: { result: EvaluateCard }) {
  const best = byAccuracy(result)[0]!;
  const { value, interval } = measuredOf(best, result).top1;
  return (
    <Figure tone="accuracy" name="best" value={percent(value)}>
      <span class="who">{shownName(best)}</span>
      <span>{t("top-1, measured, {0}, {1}", precisionOf(result), imagesText(imagesOf(result)))}</span>
      <span>95{"\u00a0"}%: {intervalText(interval, "%")}</span>
    </Figure>
  );
}

function Loss({ loss: { mean, worst, worstInterval, n } }: { loss: NonNullable<EvaluateCard["quantizationLoss"]> }) {
  return (
    <Figure name="loss" value={pp(mean)}>
      <span>{t("lost by int8 on average, over {0}", subnetsText(n))}</span>
      <span>{t("at worst {0}", pp(worst))}</span>
      {worstInterval !== null && <span>95{"\u00a0"}%: {intervalText(worstInterval, "pp")}</span>}
    </Figure>
  );
}

function Speed({ result: { throughput } }: { result: EvaluateCard }) {
  const { imagesPerSecond, subnetsPerMinute, peakMemoryBytes } = throughput;
  return (
    <Figure name="throughput" value={subnetsPerMinute < 10 ? subnetsPerMinute.toFixed(1) : countOf(subnetsPerMinute)}>
      <span>{t("subnets a minute")}</span>
      <span>{t("{0} images a second, at most {1} of memory", countOf(imagesPerSecond), megabytes(peakMemoryBytes))}</span>
    </Figure>
  );
}
