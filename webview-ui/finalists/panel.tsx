import { ArchitectureDrawing } from "../../src/pictures/architectureDrawing.js";
import { budgetText, ceilBudget, ms } from "../../src/shared/format.js";
import { Button } from "../controls.js";
import { BadgeCard } from "../profile/badge.js";
import { Cards } from "../sources.js";
import { FeasibleBar } from "../states.js";
import type { FinalistsCard, FinalistsRunView, FromPanel, PanelUi } from "../types.js";
import { useWidth } from "../useWidth.js";
import { FinalistsChart } from "./chart.js";
import { FinalistsFigures } from "./figures.js";
import { FinalistsHeader } from "./header.js";
import { LiveFinalists } from "./live.js";
import { FinalistRounds } from "./rounds.js";
import { FinalistsTable } from "./table.js";
import { finalistsRows, ordinal } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The best of a search, measured on the validation images and ranked by that, read from top to bottom. */
export function FinalistsPanel(props: { run: FinalistsRunView; ui: PanelUi; onUi: (change: Partial<PanelUi>) => void; send: (message: FromPanel) => void }) {
  const { run, ui, onUi, send } = props;
  const { result, progress } = run;
  // A kept place may be of another result.
  const picked = result?.finalists[ui.picked] === undefined ? 0 : ui.picked;
  const pick = (place: number) => onUi({ picked: place });
  const log = () => send({ type: "showLog" });
  const found = result !== null && result.finalists.length > 0;
  return (
    <main>
      <FinalistsHeader run={run} onResume={() => send({ type: "resume", runId: run.id })} onLog={log} />
      {result === null && progress !== null && <LiveFinalists run={run} progress={progress} />}
      {result === null && progress === null && run.state === "running" && <p class="dim">{t("Starting the worker…")}</p>}
      {result !== null && (found ? <Outcome {...{ run, result, picked, pick }} /> : <NothingMeasured result={result} />)}
      <Actions {...{ run, send, picked }} />
    </main>
  );
}

const NOTE = t("Accuracies are of the supernet’s weights on these images, without training a finalist further. The winner is the best of those measured, not of the whole space.");

function Outcome(props: { run: FinalistsRunView; result: FinalistsCard; picked: number; pick: (index: number) => void }) {
  const { run, result, picked, pick } = props;
  return (
    <>
      <FinalistsFigures result={result} />
      <div class="two">
        <div>
          <FinalistsChart result={result} picked={picked} />
          <FinalistRounds result={result} />
        </div>
        <FinalistsTable result={result} picked={picked} onPick={pick} />
      </div>
      <Drawn result={result} picked={picked} />
      <BadgeCard title={t("What they were measured with")} rows={finalistsRows(result, run.asked.calibrations)} note={NOTE} />
      <section class="sources">
        <h2>{t("Where the predictions come from")}</h2>
        <Cards predictors={result.predictors} />
      </section>
    </>
  );
}

function Drawn({ result, picked }: { result: FinalistsCard; picked: number }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const { architecture } = result.finalists[picked]!;
  return (
    <div ref={box} data-figure="architecture" aria-label={t("Architecture of the {0}", ordinal(picked + 1))} role="group">
      <ArchitectureDrawing architecture={architecture} space={result.space} width={width} />
    </div>
  );
}

/** No architecture is predicted within the budget: what can be asked for. */
function NothingMeasured({ result }: { result: FinalistsCard }) {
  const { budget, nearestBudget, feasible: { latency: [low, high] }, space } = result;
  return (
    <section class="infeasible" aria-label={t("Infeasible budget")}>
      <p>{t("No architecture of {0} is predicted within {1}, so nothing was measured: the fastest takes {2}, the slowest {3}.", space.id, budgetText(budget), ms(low), ms(high))}</p>
      <p>{t("The nearest budget that can be met is {0}.", budgetText(ceilBudget(nearestBudget ?? low)))}</p>
      <FeasibleBar result={result} />
    </section>
  );
}

/** What to do next with the finalist on show; stays in sight while the page scrolls. */
function Actions({ run, send, picked }: { run: FinalistsRunView; send: (message: FromPanel) => void; picked: number }) {
  const { result, id: runId } = run;
  const found = result !== null && result.finalists.length > 0;
  const of = picked === 0 ? t("the winner") : t("the {0}", ordinal(picked + 1));
  return (
    <section class={found ? "actions many" : "actions"} aria-label={t("Actions")}>
      {run.state === "running" && <Button primary onPress={() => send({ type: "cancel", runId })}>{t("Cancel")}</Button>}
      {found && (
        <>
          <Button primary onPress={() => send({ type: "insertFinalist", runId, index: picked })}>{t("Insert config of {0}…", of)}</Button>
          <Button onPress={() => send({ type: "generateCode", runId, point: null, index: picked })}>{t("Generate code…")}</Button>
          <Button onPress={() => send({ type: "exportFinalist", runId, index: picked })}>{t("Export {0} with weights…", of)}</Button>
        </>
      )}
      {result?.corrected === true && (
        <>
          <Button onPress={() => send({ type: "savePredictor", runId })}>{t("Save corrected predictor…")}</Button>
          <Button onPress={() => send({ type: "search", runId })}>{t("Search with corrected predictor…")}</Button>
        </>
      )}
      {run.state !== "running" && <Button primary={result !== null && !found} onPress={() => send({ type: "search" })}>{t("New search…")}</Button>}
      <Button onPress={() => send({ type: "showLog" })}>{t("Show log")}</Button>
    </section>
  );
}
