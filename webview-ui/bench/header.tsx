import { duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import { threadsText } from "../profile/text.js";
import type { BenchRunView } from "../types.js";
import { t } from "../../src/shared/l10n.js";

/** The state of a bench in words. */
function statusOf(run: BenchRunView): Status {
  if (run.state === "running") return runningStatus(t("Measuring"), run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  if (run.result !== null && run.result.noise.suspect > 0) return { mark: "–", text: t("Measured, but the machine was busy"), tone: "warn" };
  return { mark: "✓", text: t("Measured"), tone: "good" };
}

function facts({ asked, result }: BenchRunView): (string | undefined)[] {
  const baselines = asked.baselines === 0 ? t("no baselines") : asked.baselines === 1 ? t("1 baseline") : t("{0} baselines", asked.baselines);
  return [
    result === null ? undefined : t("took {0}", duration(result.elapsedMs)),
    result === null ? undefined : `onnxruntime ${result.device.onnxruntime}`,
    asked.executionProvider,
    threadsText(asked.threads),
    baselines,
  ];
}

const KEPT = t("Batches that are measured are kept: resuming measures none of them again.");
const WORDS = {
  interrupted: t("The benchmark stopped before it was done. {0}", KEPT),
  failed: t("The benchmark failed for a reason it did not give."),
  cancelled: t("You cancelled this benchmark. {0}", KEPT),
};

export function BenchHeader(props: { run: BenchRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
