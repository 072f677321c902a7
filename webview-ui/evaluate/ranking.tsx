import type { EvaluateCard, Evaluated } from "../types.js";
import { byAccuracy, measuredOf, millions, precisionOf, rangeText, shownName } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The person's own configs, the best first, each with the interval that so many images leave. */
export function Ranking({ result }: { result: EvaluateCard }) {
  const precision = precisionOf(result);
  const other = result.precisions.find((one) => one !== precision);
  const rows = byAccuracy(result);
  const top5 = rows.some((one) => measuredOf(one, result).top5 !== null);
  return (
    <section class="errors ranking">
      <h2>{t("Ranking by measured top-1")}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("Ranking")}>
        <table>
          <caption class="hidden">{t("Configs by falling top-1")}</caption>
          <thead>
            <tr>
              <th scope="col" class="words">{t("Config")}</th>
              <th scope="col">{t("Top-1, {0}", precision)}</th>
              {other !== undefined && <th scope="col">{other}</th>}
              {top5 && <th scope="col">{t("Top-5")}</th>}
              <th scope="col">{t("Multiply-adds")}</th>
            </tr>
          </thead>
          <tbody>{rows.map((one, i) => <Row key={i} place={i + 1} one={one} result={result} other={other} top5={top5} />)}</tbody>
        </table>
      </div>
      <p class="dim note">{t("Below each top-1 its 95\u00a0% interval, %. All are measured on the same images, so differences are surer than intervals that overlap suggest.")}</p>
    </section>
  );
}

function Row(props: { place: number; one: Evaluated; result: EvaluateCard; other: "fp32" | "int8" | undefined; top5: boolean }) {
  const { place, one, result, other, top5 } = props;
  const measured = measuredOf(one, result);
  return (
    <tr class={place === 1 ? "used" : ""}>
      <th scope="row" class="words">{place}. {shownName(one)}</th>
      <td>
        {measured.top1.value.toFixed(2)}
        <small>{rangeText(measured.top1.interval)}</small>
      </td>
      {other !== undefined && <td>{one[other]?.top1.value.toFixed(2) ?? "–"}</td>}
      {top5 && <td>{measured.top5?.value.toFixed(2) ?? "–"}</td>}
      <td>{millions(one.multiplyAdds)}</td>
    </tr>
  );
}
