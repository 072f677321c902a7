import { count } from "../src/shared/format.js";
import type { PredictorCard, SearchResult } from "./types.js";

function Card({ card }: { card: PredictorCard }) {
  const error =
    card.crossValidatedRmse === null
      ? "not cross-validated"
      : card.target === "accuracy"
        ? `${card.crossValidatedRmse.toFixed(2)}\u00a0pp`
        : `${card.crossValidatedRmse.toFixed(2)}\u00a0ms`;
  const rows: [string, string][] = [
    ["Predictor", card.name],
    // Only a latency without a device is worth a remark: an accuracy may belong to weights and images alone.
    ...(card.device === null && card.target === "accuracy" ? [] : [["Measured on", card.device ?? "not named"] as [string, string]]),
    ["Resolution", `${card.resolution}\u00a0px`],
    ["Form", card.link === null ? card.form : `${card.form}, ceiling ${card.link.ceiling}\u00a0%`],
    ["Samples", card.samples === null ? "not stated" : count(String(card.samples))],
    ["Cross-validated error (RMSE)", error],
    ["Source", card.source],
  ];
  return (
    <div class={`card ${card.target}`}>
      <h3>{card.target === "accuracy" ? "Accuracy" : "Latency"}</h3>
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

/** Both predictors. */
export function Cards({ predictors: { accuracy, latency } }: { predictors: SearchResult["predictors"] }) {
  return (
    <div class="two">
      <Card card={accuracy} />
      <Card card={latency} />
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
