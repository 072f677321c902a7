import { ms } from "../../src/shared/format.js";
import { ArchitectureDrawing } from "../../src/pictures/architectureDrawing.js";
import { useWidth } from "../useWidth.js";
import { Button } from "../controls.js";
import { BadgeCard, NoiseAccount } from "../profile/badge.js";
import { Cards } from "../sources.js";
import type { FromPanel, TuneCard, TuneRunView } from "../types.js";
import { Why } from "../why.js";
import { Sentences, TuneFigures } from "./figures.js";
import { TuneHeader } from "./header.js";
import { LiveTune } from "./live.js";
import { Rounds } from "./rounds.js";
import { TuneScatter } from "./scatter.js";
import { tuneBadgeRows } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** A search whose winners were measured on this machine, read from top to bottom. */
export function TunePanel({ run, send }: { run: TuneRunView; send: (message: FromPanel) => void }) {
  const { result, progress } = run;
  const log = () => send({ type: "showLog" });
  return (
    <main>
      <TuneHeader run={run} onResume={() => send({ type: "resume", runId: run.id })} onLog={log} />
      {result === null && progress !== null && <LiveTune run={run} progress={progress} />}
      {result === null && progress === null && run.state === "running" && <p class="dim">{t("Starting the worker…")}</p>}
      {result !== null && (result.measured === null ? <NothingMeasured result={result} /> : <Outcome run={run} result={result} />)}
      <Actions run={run} send={send} />
    </main>
  );
}

function Outcome({ run, result }: { run: TuneRunView; result: TuneCard }) {
  const { architecture, found, noise, protocol } = result;
  return (
    <>
      <TuneFigures result={result} />
      <div class="two">
        <TuneScatter result={result} />
        <div>
          <Rounds result={result} />
          {noise !== null && protocol !== null && <NoiseAccount result={{ noise, protocol }} />}
        </div>
      </div>
      <div class="two late">
        {architecture !== null && <Drawn architecture={architecture} space={result.space} />}
        {found !== null && <Why point={found} />}
      </div>
      <BadgeCard rows={tuneBadgeRows(result, run)} />
      <section class="sources">
        <h2>{t("Where the predictions come from")}</h2>
        <Cards predictors={result.predictors} />
      </section>
    </>
  );
}

function Drawn({ architecture, space }: { architecture: NonNullable<TuneCard["architecture"]>; space: TuneCard["space"] }) {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={box}>
      <ArchitectureDrawing architecture={architecture} space={space} width={width} />
    </div>
  );
}

/** No architecture is predicted within the budget. */
function NothingMeasured({ result }: { result: TuneCard }) {
  const [low, high] = result.feasible.latency;
  return (
    <section class="infeasible" aria-label={t("Infeasible budget")}>
      <Sentences result={result} />
      <p>{t("The fastest architecture is predicted to take {0}, the slowest {1}.", ms(low), ms(high))}</p>
    </section>
  );
}

/** What to do next; stays in sight while the page scrolls. */
function Actions({ run, send }: { run: TuneRunView; send: (message: FromPanel) => void }) {
  const { result, id: runId } = run;
  const found = result !== null && result.status === "ok";
  const corrected = result !== null && result.rounds.length > 0;
  return (
    <section class={found ? "actions many" : "actions"} aria-label={t("Actions")}>
      {run.state === "running" && <Button primary onPress={() => send({ type: "cancel", runId })}>{t("Cancel")}</Button>}
      {found && (
        <>
          <Button primary onPress={() => send({ type: "insert", runId, point: null })}>{t("Insert config…")}</Button>
          <Button onPress={() => send({ type: "generateCode", runId, point: null })}>{t("Generate code…")}</Button>
          <Button onPress={() => send({ type: "exportOnnx", runId, point: null })}>{t("Export ONNX…")}</Button>
        </>
      )}
      {corrected && (
        <>
          <Button onPress={() => send({ type: "savePredictor", runId })}>{t("Save corrected predictor…")}</Button>
          <Button onPress={() => send({ type: "search", runId })}>{t("Search with corrected predictor…")}</Button>
        </>
      )}
      {run.state !== "running" && <Button primary={result !== null && !found} onPress={() => send({ type: "tune", runId })}>{t("Search again…")}</Button>}
      <Button onPress={() => send({ type: "showLog" })}>{t("Show log")}</Button>
    </section>
  );
}
