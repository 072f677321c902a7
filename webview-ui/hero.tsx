import type { ComponentChildren } from "preact";
import { budgetText, count, countOf, intervalText, ms, percent, signedMs, signedPp } from "../src/shared/format.js";
import { t } from "../src/shared/l10n.js";
import { probabilityText } from "../src/shared/probability.js";
import { Comparisons, MeasuredLines } from "./measured.js";
import { EXTRAPOLATED, measuredOn } from "./sentences.js";
import type { Marginal, Shown } from "./selection.js";
import { measurementsOf } from "../src/shared/verified.js";
import type { Estimate, Progress, SearchRunView, SearchResult, Verified } from "./types.js";

/** A number in large type, with what it is below. */
export function Figure(props: { tone?: string; value: string; unit?: string; children: ComponentChildren; name: string }) {
  return (
    <div class={`figure ${props.tone ?? ""}`} data-figure={props.name}>
      <b>{props.value}</b>
      {props.children}
    </div>
  );
}

function EstimateLines(props: { what: string; estimate: Estimate; where: string }) {
  const { what, estimate, where } = props;
  return (
    <>
      <span>{t("predicted {0}, {1}", what, where)}</span>
      <span>
        {estimate.interval === null ? t("no interval: the predictor has no covariance") : `95\u00a0%: ${intervalText(estimate.interval, estimate.unit)}`}
      </span>
    </>
  );
}

function MarginalFigure({ marginal }: { marginal: Marginal | null }) {
  if (marginal === null) {
    return <Figure name="marginal" value="–"><span>{t("one more millisecond: not known without a front")}</span></Figure>;
  }
  const { gain, loss, next } = marginal;
  if (next === null) {
    return (
      <Figure name="marginal" value="+0 pp">
        <span>{t("more time buys nothing: the front ends here")}</span>
      </Figure>
    );
  }
  return (
    <Figure name="marginal" value={gain > 0 ? signedPp(gain, 3) : "+0 pp"}>
      <span>{t("is what one more millisecond buys")}</span>
      {gain > 0
        ? loss !== null && <span>{t("one less costs {0}", loss > 0 ? `${loss.toFixed(3)}\u00a0pp` : t("nothing"))}</span>
        : <span>{t("the next step: {0} for {1}", signedPp(next.accuracy, 3), signedMs(next.latency, 2))}</span>}
    </Figure>
  );
}

/** The four numbers that answer: how good, how fast, at what price, how alone. */
export function Hero(props: { result: SearchResult; shown: Shown; marginal: Marginal | null; measured: readonly Verified[] }) {
  const { result, shown, marginal } = props;
  const measured = measurementsOf(props.measured, shown.point.architecture);
  const { accuracy, latency } = shown.point;
  const extrapolated = [accuracy.extrapolated ? t("accuracy") : "", latency.extrapolated ? t("latency") : ""].filter(Boolean);
  return (
    <section class="hero-section" aria-label={measured.length === 0 ? t("Predicted figures") : t("Predicted and measured figures")}>
      <div class="hero">
        <Figure tone="accuracy" name="accuracy" value={percent(accuracy.value)}>
          <EstimateLines what={t("accuracy")} estimate={accuracy} where={measuredOn(result.predictors.accuracy)} />
        </Figure>
        <Figure tone="latency" name="latency" value={ms(latency.value)}>
          <EstimateLines what={t("latency")} estimate={latency} where={measuredOn(result.predictors.latency)} />
          {shown.kind === "found" && result.withinBudget != null && (
            <span data-figure="withinBudget">{t("under {0} with {1} probability", budgetText(result.budget), probabilityText(result.withinBudget))}</span>
          )}
          <MeasuredLines measured={measured} />
        </Figure>
        <MarginalFigure marginal={marginal} />
        <NearTiesFigure nearTies={shown.nearTies} />
      </div>
      {extrapolated.length > 0 && (
        <p class="notice warn" data-figure="extrapolated">
          <b>{t("Extrapolated {0}:", extrapolated.join(t(" and ")))}</b> {EXTRAPOLATED}
        </p>
      )}
      <Comparisons measured={measured} predicted={latency} card={result.predictors.latency} />
    </section>
  );
}

function NearTiesFigure({ nearTies }: { nearTies: Shown["nearTies"] }) {
  if (nearTies === undefined) return <Figure name="nearTies" value="…"><span>{t("counting the near-ties of this optimum")}</span></Figure>;
  if (nearTies === null) return <Figure name="nearTies" value="–"><span>{t("near-ties could not be counted")}</span></Figure>;
  const one = nearTies.count === "1";
  return (
    <Figure name="nearTies" value={count(nearTies.count)}>
      <span>{one ? t("other lies within {0}\u00a0pp of the optimum", nearTies.withinPp) : t("others lie within {0}\u00a0pp of the optimum", nearTies.withinPp)}</span>
      {nearTies.count !== "0" && (
        <span>{t("{0} distinct to these predictors", countOf(nearTies.distinct))}</span>
      )}
    </Figure>
  );
}

/** While a search goes: the best so far, without intervals, which only the result carries. */
export function LiveHero({ run, progress }: { run: SearchRunView; progress: Progress }) {
  const { best, current } = progress;
  return (
    <section class="hero-section" aria-label={t("Best so far")}>
      <div class="hero">
        <Figure tone="accuracy" name="accuracy" value={best === null ? "–" : percent(best.accuracy)}>
          <span>{t("best predicted accuracy so far, {0}", run.accuracyPredictor)}</span>
        </Figure>
        <Figure tone="latency" name="latency" value={best === null ? "–" : ms(best.latency)}>
          <span>{t("its predicted latency, {0}", run.latencyPredictor)}</span>
        </Figure>
        <Figure name="current" value={percent(current.accuracy)}>
          <span>{t("current architecture, {0}", ms(current.latency))}</span>
        </Figure>
        <Figure name="optimum" value={progress.optimum === null ? "–" : percent(progress.optimum)}>
          <span>{progress.optimum === null ? t("no proven optimum") : t("the proven optimum for these predictors")}</span>
        </Figure>
      </div>
    </section>
  );
}
