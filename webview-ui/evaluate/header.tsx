import { duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { EvaluateRunView } from "../types.js";
import { askedText, fitVerdict } from "./text.js";

/** The state of an evaluation in words. */
function statusOf(run: EvaluateRunView): Status {
  if (run.state === "running") return runningStatus("Evaluating", run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  const { result } = run;
  if (result === null) return { mark: "", text: "Done", tone: "plain" };
  if (result.fit === null) return { mark: "✓", text: "Measured", tone: "good" };
  if (fitVerdict(result)?.tone === "warn") return { mark: "!", text: "Measured; the predictor is weak", tone: "warn" };
  return { mark: "✓", text: "Measured, and a predictor fitted", tone: "good" };
}

function facts(run: EvaluateRunView): (string | undefined)[] {
  const { result, supernet, data, asked } = run;
  return [
    `${supernet} on images of ${data}`,
    askedText(run),
    result === null ? undefined : `took ${duration(result.elapsedMs)}`,
    asked.precisions.join(" and "),
  ];
}

const KEPT = "Subnets that are measured are kept: resuming measures none of them again.";
const WORDS = {
  interrupted: `The evaluation stopped before it was done. ${KEPT}`,
  failed: "The evaluation failed for a reason it did not give.",
  cancelled: `You cancelled this evaluation. ${KEPT}`,
};

export function EvaluateHeader(props: { run: EvaluateRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
