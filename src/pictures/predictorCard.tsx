import { ceilingText, count, latencyDigits } from "../shared/format.js";
import { t } from "../shared/l10n.js";
import type { PredictorCard } from "../shared/results.js";
import { NAME, STEP_UNIT } from "./target.js";

/** Who says so: one predictor, with its samples, error and source. */
export function PredictorFacts({ card }: { card: PredictorCard }) {
  const error = card.crossValidatedRmse === null ? t("not cross-validated") : `${card.crossValidatedRmse.toFixed(card.target === "latency" ? latencyDigits(card.crossValidatedRmse) : 2)}\u00a0${STEP_UNIT[card.target]}`;
  const rows: [string, string][] = [
    [t("Predictor"), card.name],
    // Only a latency without a device is worth a remark: an accuracy may belong to weights and images alone.
    ...(card.device === null && card.target === "accuracy" ? [] : [[t("Measured on"), card.device ?? t("not named")] as [string, string]]),
    [t("Resolution"), `${card.resolution}\u00a0px`],
    [t("Form"), card.link === null ? card.form : `${card.form}, ${ceilingText(card.link.ceiling)}`],
    [t("Samples"), card.samples === null ? t("not stated") : count(String(card.samples))],
    [t("Cross-validated error (RMSE)"), error],
    [t("Source"), card.source],
  ];
  return (
    <div class={`card ${card.target}`}>
      <h3>{NAME[card.target]}</h3>
      <dl>
        {rows.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
