import { Button } from "./controls.js";
import { budgetText, ms } from "../src/shared/format.js";
import { infeasibleSentences } from "./sentences.js";
import { sliderRange } from "./selection.js";
import type { SearchResult } from "./types.js";
import { t } from "../src/shared/l10n.js";

/** Nothing was searched yet. */
export function Empty(props: { onSearch: () => void; onProfile: () => void; onEvaluate: () => void }) {
  return (
    <main class="empty">
      <h1>{t("No search yet")}</h1>
      <p>
        {t("FOX-NAS finds the image classifier that your predictors rate best within a latency budget: it anneals over a MobileNetV3-style search space, proves how close it came to the optimum, and explains what each stage costs and brings.")}
      </p>
      <p class="dim">{t("You choose a search space, where accuracy and latency come from, and a budget in milliseconds. Everything is computed on this machine. No latency predictor for your device? Profile it, in about a minute. No accuracy predictor for your images? Evaluate subnets of your own supernet on them.")}</p>
      <div class="row">
        <Button primary onPress={props.onSearch}>{t("Search architecture…")}</Button>
        <Button onPress={props.onProfile}>{t("Profile this device…")}</Button>
        <Button onPress={props.onEvaluate}>{t("Evaluate supernet…")}</Button>
      </div>
    </main>
  );
}

/** The budget cannot be met: what can, and the way there. */
export function Infeasible(props: { result: SearchResult; onSearch: () => void; onLook: (budget: number) => void }) {
  const { result, onSearch, onLook } = props;
  const range = sliderRange(result);
  return (
    <section class="infeasible" aria-label={t("Infeasible budget")}>
      {infeasibleSentences(result).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <FeasibleBar result={result} />
      <div class="row">
        <Button primary onPress={onSearch}>{t("New search…")}</Button>
        {range !== null && (
          <Button onPress={() => onLook(range.min)}>{t("Look at the optimum for {0}", budgetText(range.min))}</Button>
        )}
      </div>
    </section>
  );
}

/** Where the budget lies beside the range that can be met. */
export function FeasibleBar({ result }: { result: Pick<SearchResult, "feasible" | "budget"> }) {
  const [low, high] = result.feasible.latency;
  const top = Math.max(high, result.budget);
  const at = (value: number) => `${(Math.max(0, value) / top) * 100}%`;
  const [near, far] = [ms(low), ms(high)];
  return (
    <svg class="feasible" height={52} role="img" aria-label={t("Feasible from {0} to {1}; the budget is {2}", near, far, budgetText(result.budget))}>
      <line class="rule" x1="0" x2="100%" y1={26} y2={26} />
      <rect class="fill latency" x={at(low)} width={`${((high - low) / top) * 100}%`} y={21} height={10} />
      <line class="needle" x1={at(result.budget)} x2={at(result.budget)} y1={14} y2={38} />
      <text class="strong" x={at(result.budget)} y={10} text-anchor={result.budget / top > 0.85 ? "end" : result.budget / top < 0.1 ? "start" : "middle"}>
        {t("budget {0}", budgetText(result.budget))}
      </text>
      <text x={at(low)} y={48}>{near}</text>
      <text x="100%" y={48} text-anchor="end">{far}</text>
    </svg>
  );
}
