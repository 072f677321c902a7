import { percent } from "../../src/shared/format.js";
import { roundsOf } from "../../src/shared/finalistsText.js";
import type { FinalistsCard } from "../types.js";
import { plusPp } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The rounds in turn: how far measurements lay off the predictions, and how much better the best became; nothing for a single one. */
export function FinalistRounds({ result }: { result: FinalistsCard }) {
  const rounds = roundsOf(result);
  if (rounds.length < 2) return null;
  return (
    <section class="errors rounds">
      <h2>{t("Round by round")}</h2>
      <table>
        <caption class="hidden">{t("Rounds: finalists measured, mean difference of measured and predicted, best measured")}</caption>
        <thead>
          <tr>
            <th scope="col" class="words">{t("Round")}</th>
            <th scope="col">{t("Finalists")}</th>
            <th scope="col">{t("Off")}</th>
            <th scope="col">{t("Best")}</th>
          </tr>
        </thead>
        <tbody>
          {rounds.map(({ finalists, gap, best }, i) => (
            <tr key={i}>
              <th scope="row" class="words">
                {t("Round {0}", i + 1)}
                <small>{i === 0 ? t("predictor as fitted") : t("predictor corrected")}</small>
              </th>
              <td>{finalists}</td>
              <td>{plusPp(gap)}</td>
              <td>{percent(best)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim note">{t("Off: measured less predicted before measuring, in the mean. Best: measured. Each round corrects the accuracy predictor, which names the next finalists.")}</p>
    </section>
  );
}
