import { intervalText, ms, percent } from "../../src/shared/format.js";
import { t } from "../../src/shared/l10n.js";
import { tuneSentences } from "../../src/shared/tuneText.js";
import { Figure } from "../hero.js";
import { share } from "../profile/text.js";
import { measuredOn } from "../sentences.js";
import type { TuneCard } from "../types.js";
import { budgetDistance, measuredLines, suspectBatches } from "./text.js";

/** The four numbers that answer: how good, how fast as measured, does it fit, how right was the predictor. */
export function TuneFigures({ result }: { result: TuneCard }) {
  const { predicted, measured, budget, rounds, predictors } = result;
  if (predicted === null || measured === null) return null;
  const { accuracy, latency } = predicted;
  const distance = budgetDistance(measured.latencyMs, budget);
  const [first, last] = [rounds[0]!, rounds.at(-1)!];
  return (
    <section class="hero-section" aria-label={t("Predicted and measured figures")}>
      <div class="hero">
        <Figure tone="accuracy" name="accuracy" value={percent(accuracy.value)}>
          <span>{t("predicted accuracy, {0}", measuredOn(predictors.accuracy))}</span>
          {accuracy.interval !== null && <span>95{"\u00a0"}%: {intervalText(accuracy.interval, accuracy.unit)}</span>}
        </Figure>
        <Figure tone="latency" name="latency" value={ms(measured.latencyMs)}>
          {measuredLines(result).map((line) => <span key={line}>{line}</span>)}
          <span class="measured" data-figure="predicted">
            {t("predicted: ")}<b>{ms(latency.value)}</b>{latency.interval !== null && <>, 95{"\u00a0"}%: {intervalText(latency.interval, latency.unit)}</>}
          </span>
        </Figure>
        <Figure tone={distance.within ? "good" : "bad"} name="underBudget" value={distance.value}>
          <span>{distance.text}</span>
        </Figure>
        <Figure name="error" value={share(last.error)}>
          <span>{rounds.length === 1 ? t("off in the only round: mean of |measured / predicted − 1|") : t("off in the last round, in the mean")}</span>
          {rounds.length > 1 && <span>{t("before the first correction: {0}", share(first.error))}</span>}
        </Figure>
      </div>
      <Sentences result={result} />
    </section>
  );
}

/** Why it ended, and where predicted and measured part. */
export function Sentences({ result }: { result: TuneCard }) {
  const [ending, ...more] = tuneSentences(result);
  const good = result.stopped === "agreed" && suspectBatches(result) === 0;
  return (
    <div class={`notice ${good ? "good" : "warn"}`} data-figure="ending">
      <p><b>{ending}</b></p>
      {more.map((sentence) => <p key={sentence}>{sentence}</p>)}
    </div>
  );
}
