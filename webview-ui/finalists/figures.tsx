import { budgetText, intervalText, ms, percent } from "../../src/shared/format.js";
import { flatterySentence, stoppedSentence } from "../../src/shared/finalistsText.js";
import { Figure } from "../hero.js";
import { measuredOn } from "../sentences.js";
import type { FinalistsCard } from "../types.js";
import { bestSentence, calibrationSentence, leadVerdict, measuredLine, ordinal, plusPp, signedRange, withinSentence } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** What the winner measures, how fast it should be, how sure its place is, and where the predictors' favourite came in. */
export function FinalistsFigures({ result }: { result: FinalistsCard }) {
  const winner = result.finalists[0];
  if (winner === undefined) return null;
  const { accuracy, latency } = winner.predicted;
  return (
    <section class="hero-section" aria-label={t("Measured and predicted figures of the winner")}>
      <div class="hero">
        <Figure tone="accuracy" name="accuracy" value={percent(winner.measured.top1.value)}>
          <span data-figure="measured">{measuredLine(winner, result.precision)}</span>
          <span>95{"\u00a0"}%: {intervalText(winner.measured.top1.interval, "%")}</span>
          <span class="measured" data-figure="predicted">
            {t("predicted: ")}<b>{percent(accuracy.value)}</b>{accuracy.interval !== null && <>, 95{"\u00a0"}%: {intervalText(accuracy.interval, accuracy.unit)}</>}
          </span>
        </Figure>
        <Figure tone="latency" name="latency" value={ms(latency.value)}>
          <span>{t("predicted latency, {0}", measuredOn(result.predictors.latency))}</span>
          {latency.interval !== null && <span>95{"\u00a0"}%: {intervalText(latency.interval, latency.unit)}</span>}
          <span>{t("under the budget of {0}; not measured in this run", budgetText(result.budget))}</span>
        </Figure>
        <Lead result={result} />
        <Figure name="optimum" value={result.optimumRank === null ? "–" : ordinal(result.optimumRank + 1)}>
          <span>{t("of {0} by measurement: the predictors’ optimum", result.finalists.length)}</span>
        </Figure>
      </div>
      <Verdict result={result} />
    </section>
  );
}

function Lead({ result: { finalists } }: { result: FinalistsCard }) {
  const behind = finalists[1]?.behind ?? null;
  if (behind === null) return <Figure name="lead" value="–"><span>{t("nothing else was measured")}</span></Figure>;
  return (
    <Figure name="lead" value={plusPp(behind.value)}>
      <span>{t("ahead of the second, on the same images")}</span>
      <span>95{"\u00a0"}%: {signedRange(behind.interval)}{"\u00a0"}pp</span>
    </Figure>
  );
}

/** By what right the winner is named, and how far predictions and measurements agree. */
function Verdict({ result }: { result: FinalistsCard }) {
  const { text, tone } = leadVerdict(result);
  const more = [text, [withinSentence(result), flatterySentence(result), stoppedSentence(result), calibrationSentence(result)].filter((one) => one !== null && one !== "").join(" ")];
  return (
    <div class={`notice sentences ${tone === "plain" ? "" : tone}`}>
      <p data-figure="best"><b>{bestSentence(result)}</b></p>
      {more.filter((one) => one !== "").map((sentence) => <p key={sentence}>{sentence}</p>)}
    </div>
  );
}
