import { useState } from "preact/hooks";
import { parseBudget } from "./budgetText.js";
import { Button, NumberField } from "./controls.js";
import { budgetNumber, budgetText, ms, percent, withinPp } from "../src/shared/format.js";
import { roundDrag, sliderRange, type Shown } from "./selection.js";
import type { SearchResult } from "./types.js";
import { t } from "../src/shared/l10n.js";

/** How far the keys of the slider go, ms; with Shift a tenth. */
const KEYS: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** The slider, the field beside it, and in words which architecture one is looking at. */
export function BudgetControl(props: {
  result: SearchResult;
  shown: Shown | null;
  budget: number;
  atRun: boolean;
  onMove: (budget: number) => void;
  /** Shows the certified optimum at the run's own budget. */
  onOptimum: () => void;
  onReset: () => void;
}) {
  const { result, shown, budget, atRun, onMove, onOptimum, onReset } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const range = sliderRange(result);
  if (range === null) return null;
  const { min, max } = range;

  const move = (wish: number) => {
    setProblem(null);
    onMove(wish);
  };
  const commit = (text: string) => {
    const wish = parseBudget(text);
    if (wish === null) return setProblem(t("“{0}” is no number of milliseconds.", text));
    if (wish < min) return setProblem(t("Nothing fits {0}: the fastest architecture takes {1}.", budgetText(wish), ms(min)));
    move(wish);
    if (wish > max) setProblem(t("Above {0} nothing is gained: that is the end of the front.", budgetText(max)));
  };
  const keyDown = (event: KeyboardEvent) => {
    const step = KEYS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(budget + (event.shiftKey ? step / 10 : step));
  };
  const mark = (result.budget - min) / (max - min);
  const better = result.certificate.proved && (result.certificate.gap ?? 0) > 1e-9;
  const accuracy = shown === null ? "" : `, ${percent(shown.point.accuracy.value)}`;

  return (
    <section class="budget" aria-label={t("Latency budget")}>
      <div class="budget-row">
        <label for="budget">{t("Budget")}</label>
        <div class="track">
          <input
            id="budget"
            type="range"
            min={min}
            max={max}
            step={0.01}
            value={budget}
            aria-valuetext={`${budgetText(budget)}${accuracy}`}
            onInput={(event) => move(roundDrag(event.currentTarget.valueAsNumber))}
            onKeyDown={keyDown}
          />
          {mark >= 0 && mark <= 1 && (
            // The thumb's centre travels from 7 px to 7 px before the end.
            <span class="mark" style={{ left: `calc(7px + ${mark} * (100% - 14px))` }} aria-hidden="true" />
          )}
        </div>
        <div class="field">
          <NumberField
            value={budgetNumber(budget)}
            label={t("Budget in milliseconds")}
            invalid={problem !== null}
            onCommit={commit}
            onStep={(direction) => move(budget + direction)}
          />
          <span aria-hidden="true">ms</span>
        </div>
      </div>
      <p class="problem" role="alert">{problem}</p>
      <div class="statement">
        <p>{statement(result, shown, atRun)}</p>
        {!atRun && <Button onPress={onReset}>{t("Back to {0}", result.found === null ? t("the run’s budget") : t("what the run found"))}</Button>}
        {atRun && better && <Button onPress={onOptimum}>{t("Show the optimum")}</Button>}
      </div>
    </section>
  );
}

/** Says whether one sees what the run found or the certified optimum at another budget. */
function statement(result: SearchResult, shown: Shown | null, atRun: boolean) {
  if (shown === null) return t("Nothing is shown: no architecture fits this budget.");
  if (atRun) {
    const { proved, gap } = result.certificate;
    return (
      <>
        <b>{t("Found by this run")}</b>{t(" for a budget of {0}.{1}", budgetText(result.budget), proved && gap !== null && gap > 1e-9 ? t(" The proven optimum is {0} better.", withinPp(gap)) : "")}
      </>
    );
  }
  return (
    <>
      <b>{t("Proven optimum at {0}", budgetText(shown.budget))}</b>{t(" for these predictors.{0}", shown.budget === result.budget ? "" : t(" The run itself searched at {0}.", budgetText(result.budget)))}
    </>
  );
}
