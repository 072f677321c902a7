import { budgetText, duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { FinalistsRunView } from "../types.js";
import { leadVerdict } from "./text.js";

/** The state of a measuring of finalists in words. */
function statusOf(run: FinalistsRunView): Status {
  if (run.state === "running") return runningStatus("Measuring", run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  const { result } = run;
  if (run.state === "infeasible" || result?.status === "infeasible") return { mark: "!", text: "Infeasible budget", tone: "warn" };
  if (result === null || result.finalists.length === 0) return { mark: "", text: "Done", tone: "plain" };
  return leadVerdict(result).tone === "good" ? { mark: "✓", text: "Measured: a clear winner", tone: "good" } : { mark: "≈", text: "Measured: a close field", tone: "good" };
}

function facts({ result, supernet, data, budget, asked, seed }: FinalistsRunView): (string | undefined)[] {
  return [
    `${supernet} on images of ${data}`,
    `budget ${budgetText(budget)}`,
    result === null || result.finalists.length === 0 ? undefined : `${result.finalists.length} measured in ${duration(result.elapsedMs)}`,
    asked.precision,
    `seed ${seed}`,
  ];
}

const KEPT = "Finalists that are measured are kept: resuming measures none of them again.";
const WORDS = {
  interrupted: `The run stopped before it was done. ${KEPT}`,
  failed: "The run failed for a reason it did not give.",
  cancelled: `You cancelled this run. ${KEPT}`,
};

export function FinalistsHeader(props: { run: FinalistsRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
