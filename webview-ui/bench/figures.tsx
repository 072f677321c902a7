import { benchNames, comparedAccuracies, fastestAgainst, HEADLINE_INTRO, headlineSentences, ratioOf } from "../../src/shared/benchText.js";
import { Figure } from "../hero.js";
import type { BenchResult, BenchRow } from "../types.js";
import { spreadText, times } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** One large number for each baseline: how many times as fast the fastest architecture of its accuracy is. */
export function BenchFigures({ result }: { result: BenchResult }) {
  const names = benchNames(result.rows);
  const baselines = result.rows.filter(({ kind }) => kind === "baseline");
  if (baselines.length === 0) return null;
  return (
    <section class="hero-section" aria-label={t("How many times as fast")}>
      <div class="hero bench-hero">
        {baselines.map((baseline) => <Against key={baseline.key} result={result} baseline={baseline} name={names.get(fastestAgainst(result, baseline).key)!} />)}
      </div>
    </section>
  );
}

function Against({ result, baseline, name }: { result: BenchResult; baseline: BenchRow; name: string }) {
  const fastest = fastestAgainst(result, baseline);
  const ratio = ratioOf(result, fastest.key, baseline.key);
  return (
    <Figure tone="latency" name={`against-${baseline.key}`} value={times(ratio.median)}>
      <span>{ratio.perBatch.length > 1 ? t("as fast as {0}, {1}", baseline.title, spreadText(ratio)) : t("as fast as {0}", baseline.title)}</span>
      <span class="who">{name}</span>
      <span>{comparedAccuracies(fastest, baseline)}</span>
    </Figure>
  );
}

/** What the paper reports beside what was measured here. */
export function PaperHeadline({ result }: { result: BenchResult }) {
  const sentences = headlineSentences(result, benchNames(result.rows));
  if (sentences.length === 0) return null;
  return (
    <section class="paper">
      <h2>{t("The paper’s headline, asked anew")}</h2>
      <p class="say">{HEADLINE_INTRO}</p>
      {sentences.map((sentence) => <p key={sentence} class="say">{sentence}</p>)}
    </section>
  );
}
