import { latencyDigits } from "../../src/shared/format.js";
import { rangeText } from "../evaluate/text.js";
import type { Finalist, FinalistsCard } from "../types.js";
import { ordinal, signedRange } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The finalists by measured accuracy; a press on one shows it, and the actions below are about it. */
export function FinalistsTable(props: { result: FinalistsCard; picked: number; onPick: (index: number) => void }) {
  const { result, picked, onPick } = props;
  const { finalists, optimumRank, precision } = result;
  const several = finalists.some(({ round }) => round > 1);
  return (
    <section class="errors ranking">
      <h2>{t("Finalists by measured accuracy")}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("Finalists")}>
        <table>
          <caption class="hidden">{t("Finalists by falling measured top-1")}</caption>
          <thead>
            <tr>
              <th scope="col" class="words">{t("Finalist")}</th>
              <th scope="col">{t("Measured, {0}", precision)}</th>
              <th scope="col">{t("Predicted")}</th>
              <th scope="col">{t("Behind")}</th>
              <th scope="col">ms</th>
            </tr>
          </thead>
          <tbody>
            {finalists.map((one, i) => <Row key={i} one={one} several={several} place={i} optimum={i === optimumRank} picked={i === picked} onPick={onPick} />)}
          </tbody>
        </table>
      </div>
      <p class="dim note">
        {t("In %, with 95\u00a0% intervals; outside: measured outside the predicted one. Behind: winner less this one on the same images, pp. ms: predicted latency. Press a place to see its architecture below and to insert or export it.")}
      </p>
    </section>
  );
}

function Row(props: { one: Finalist; several: boolean; place: number; optimum: boolean; picked: boolean; onPick: (index: number) => void }) {
  const { one: { round, measured, predicted, behind, withinInterval }, several, place, optimum, picked, onPick } = props;
  const { accuracy, latency } = predicted;
  return (
    <tr class={picked ? "used" : ""}>
      <th scope="row" class="words">
        <button type="button" class="link-like" aria-pressed={picked} onClick={() => onPick(place)} aria-label={t("Show the {0}", ordinal(place + 1))}>{ordinal(place + 1)}</button>
        {optimum ? <small>{t("predictors’ optimum")}</small> : several && <small>{t("round {0}", round)}</small>}
      </th>
      <td>
        {measured.top1.value.toFixed(2)}
        <small>{rangeText(measured.top1.interval)}</small>
      </td>
      <td>
        {accuracy.value.toFixed(2)}
        {accuracy.interval !== null && <small>{rangeText(accuracy.interval)}</small>}
        {withinInterval === false && <small>{t("outside")}</small>}
      </td>
      <td>
        {behind === null ? "–" : behind.value.toFixed(2)}
        {behind !== null && <small>{signedRange(behind.interval)}</small>}
      </td>
      <td>{latency.value.toFixed(latencyDigits(latency.value))}</td>
    </tr>
  );
}
