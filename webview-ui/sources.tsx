import { PredictorFacts } from "../src/pictures/predictorCard.js";
import type { SearchResult } from "./types.js";
import { t } from "../src/shared/l10n.js";

/** Both predictors. */
export function Cards({ predictors: { accuracy, latency } }: { predictors: SearchResult["predictors"] }) {
  return (
    <div class="two">
      <PredictorFacts card={accuracy} />
      <PredictorFacts card={latency} />
    </div>
  );
}

/** Who says so: the predictors behind every number above. */
export function Sources({ result }: { result: SearchResult }) {
  const { latency } = result.predictors;
  return (
    <section class="sources">
      <h2>{t("Where the numbers come from")}</h2>
      <Cards predictors={result.predictors} />
      <p class="dim">
        <b>{t("Not your device?")}</b>{t(" {0} Which architecture wins changes from device to device: run “Profile This Device” on yours, or measure a sample of your own and run “Fit Predictor from CSV”.", latency.device === null
          ? t("The latency predictor does not say where it was measured.")
          : t("These are milliseconds of {0}, not of the machine you are looking at.", latency.device))}
      </p>
    </section>
  );
}
