import { PredictorFacts } from "../src/pictures/predictorCard.js";
import type { SearchResult } from "./types.js";

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
      <h2>Where the numbers come from</h2>
      <Cards predictors={result.predictors} />
      <p class="dim">
        <b>Not your device?</b>{" "}
        {latency.device === null
          ? "The latency predictor does not say where it was measured."
          : `These are milliseconds of ${latency.device}, not of the machine you are looking at.`}{" "}
        Which architecture wins changes from device to device: run “Profile This Device” on yours, or measure a sample of your own and run “Fit Predictor from CSV”.
      </p>
    </section>
  );
}
