import { duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { EvaluateRunView } from "../types.js";
import { askedText, fitVerdict } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The state of an evaluation in words. */
function statusOf(run: EvaluateRunView): Status {
  if (run.state === "running") return runningStatus(t("Evaluating"), run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  const { result } = run;
  if (result === null) return { mark: "", text: t("Done"), tone: "plain" };
  if (result.fit === null) return { mark: "✓", text: t("Measured"), tone: "good" };
  if (fitVerdict(result)?.tone === "warn") return { mark: "!", text: t("Measured; the predictor is weak"), tone: "warn" };
  return { mark: "✓", text: t("Measured, and a predictor fitted"), tone: "good" };
}

function facts(run: EvaluateRunView): (string | undefined)[] {
  const { result, supernet, data, asked } = run;
  return [
    t("{0} on images of {1}", supernet, data),
    askedText(run),
    result === null ? undefined : t("took {0}", duration(result.elapsedMs)),
    asked.precisions.join(t(" and ")),
  ];
}

const KEPT = t("Subnets that are measured are kept: resuming measures none of them again.");
const WORDS = {
  interrupted: t("The evaluation stopped before it was done. {0}", KEPT),
  failed: t("The evaluation failed for a reason it did not give."),
  cancelled: t("You cancelled this evaluation. {0}", KEPT),
};

export function EvaluateHeader(props: { run: EvaluateRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
