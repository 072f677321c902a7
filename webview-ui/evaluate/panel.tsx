import { ceilingText } from "../../src/shared/format.js";
import { Button } from "../controls.js";
import { BadgeCard } from "../profile/badge.js";
import type { EvaluateCard, EvaluateRunView, FromPanel } from "../types.js";
import { Cost } from "./cost.js";
import { EvaluateFigures } from "./figures.js";
import { EvaluateHeader } from "./header.js";
import { LiveEvaluate } from "./live.js";
import { PredictedScatter } from "./predicted.js";
import { Quality } from "./quality.js";
import { Ranking } from "./ranking.js";
import { sourceRows } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** An evaluation of a supernet's subnets, read from top to bottom. */
export function EvaluatePanel({ run, send }: { run: EvaluateRunView; send: (message: FromPanel) => void }) {
  const { result, progress } = run;
  const log = () => send({ type: "showLog" });
  return (
    <main>
      <EvaluateHeader run={run} onResume={() => send({ type: "resume", runId: run.id })} onLog={log} />
      {result === null && progress !== null && <LiveEvaluate run={run} progress={progress} />}
      {result === null && progress === null && run.state === "running" && <p class="dim">{t("Starting the worker…")}</p>}
      {result !== null && <Outcome result={result} />}
      <Actions run={run} send={send} />
    </main>
  );
}

function Outcome({ result }: { result: EvaluateCard }) {
  if (result.subnets.length === 0) return <p class="notice">{t("No subnet was measured.")}</p>;
  return (
    <>
      <EvaluateFigures result={result} />
      <div class="two">
        {result.fit === null ? <Ranking result={result} /> : <PredictedScatter result={result} />}
        <div>
          {result.fit !== null && <Quality result={result} />}
          <Cost result={result} />
        </div>
      </div>
      <BadgeCard title={t("What it was measured with")} rows={rowsOf(result)} note={NOTE} />
    </>
  );
}

const NOTE = t("Accuracies are of this supernet’s weights on these images, without training a subnet further. Another supernet or other images rank subnets otherwise.");

function rowsOf(result: EvaluateCard): [string, string][] {
  const { fit, precisions, space } = result;
  const rows = sourceRows(result, precisions.includes("int8"));
  if (fit === null) return [[t("Search space"), space.id], ...rows];
  const ceiling = fit.ceiling === null ? "" : `, ${ceilingText(fit.ceiling)}`;
  return [[t("Search space"), space.id], [t("Predictor"), t("{0}, {1} terms{2}, of {3}", fit.form, fit.terms, ceiling, fit.precision)], ...rows];
}

/** What to do next; stays in sight while the page scrolls. */
function Actions({ run, send }: { run: EvaluateRunView; send: (message: FromPanel) => void }) {
  const { result, id: runId } = run;
  const fitted = result !== null && result.fit !== null;
  return (
    <section class={fitted ? "actions many" : "actions"} aria-label={t("Actions")}>
      {run.state === "running" && <Button primary onPress={() => send({ type: "cancel", runId })}>{t("Cancel evaluation")}</Button>}
      {fitted && (
        <>
          <Button primary onPress={() => send({ type: "search", runId })}>{t("Search with it…")}</Button>
          <Button onPress={() => send({ type: "savePredictor", runId })}>{t("Save predictor…")}</Button>
        </>
      )}
      {result !== null && <Button onPress={() => send({ type: "saveSamples", runId })}>{t("Save samples…")}</Button>}
      {run.state !== "running" && <Button onPress={() => send({ type: "evaluate" })}>{t("New evaluation…")}</Button>}
      <Button onPress={() => send({ type: "showLog" })}>{t("Show log")}</Button>
    </section>
  );
}
