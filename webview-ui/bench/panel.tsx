import { accuracySources, benchNames, originText, unknownAccuracy } from "../../src/shared/benchText.js";
import { Button } from "../controls.js";
import { BadgeCard, NoiseAccount } from "../profile/badge.js";
import { suspectSentence } from "../profile/text.js";
import type { BenchResult, BenchRunView, FromPanel } from "../types.js";
import { BenchChart } from "./chart.js";
import { BenchFigures, PaperHeadline } from "./figures.js";
import { BenchHeader } from "./header.js";
import { LiveBench } from "./live.js";
import { Ratios } from "./ratios.js";
import { benchBadgeRows, driftSentence } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** Architectures beside published networks on this machine, read from top to bottom. */
export function BenchPanel({ run, send }: { run: BenchRunView; send: (message: FromPanel) => void }) {
  const { result, progress } = run;
  const log = () => send({ type: "showLog" });
  return (
    <main>
      <BenchHeader run={run} onResume={() => send({ type: "resume", runId: run.id })} onLog={log} />
      {result === null && progress !== null && <LiveBench run={run} progress={progress} />}
      {result === null && progress === null && run.state === "running" && <p class="dim">{t("Starting the worker…")}</p>}
      {result !== null && <Outcome result={result} />}
      <section class="actions" aria-label={t("Actions")}>
        {run.state === "running" && <Button primary onPress={() => send({ type: "cancel", runId: run.id })}>{t("Cancel benchmark")}</Button>}
        {result !== null && <Button primary onPress={() => send({ type: "copyMarkdown", runId: run.id })}>{t("Copy as Markdown")}</Button>}
        {run.state !== "running" && <Button onPress={() => send({ type: "bench" })}>{t("New benchmark…")}</Button>}
        <Button onPress={log}>{t("Show log")}</Button>
      </section>
    </main>
  );
}

function Outcome({ result }: { result: BenchResult }) {
  const suspect = suspectSentence(result, t("run the benchmark again"));
  return (
    <>
      <BenchFigures result={result} />
      {suspect !== null && <p class="notice warn" data-figure="suspect">{suspect}</p>}
      <BenchChart result={result} />
      <div class="two">
        <Ratios result={result} />
        <NoiseAccount result={result} drift={driftSentence(result)} />
      </div>
      <div class="two">
        <PaperHeadline result={result} />
        <AccuracySources result={result} />
      </div>
      <BadgeCard rows={benchBadgeRows(result)} />
    </>
  );
}

/** Who says so: a bench measures times only. */
function AccuracySources({ result: { rows } }: { result: BenchResult }) {
  const unknown = unknownAccuracy(rows);
  return (
    <section class="accuracies">
      <h2>{t("Where the accuracies come from")}</h2>
      <p class="say">{t("Accuracies are not measured here: the timed models have random weights.")}</p>
      <dl>
        {accuracySources(rows, benchNames(rows)).map(({ origin, source, of }) => (
          <div key={`${origin} ${source}`}>
            <dt>{of.join(", ")}</dt>
            <dd>{originText(origin)}: {source}</dd>
          </div>
        ))}
      </dl>
      {unknown !== null && <p class="dim">{unknown}</p>}
    </section>
  );
}
