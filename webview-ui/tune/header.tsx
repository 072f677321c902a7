import { budgetText, duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { TuneRunView } from "../types.js";
import { roundsText, suspectBatches, triedIn } from "./text.js";

/** The state of a search with measuring in words. */
function statusOf(run: TuneRunView): Status {
  if (run.state === "running") return runningStatus("Measuring", run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  const { result } = run;
  if (result === null) return { mark: "", text: "Done", tone: "plain" };
  if (result.measured === null) return { mark: "!", text: "Infeasible budget", tone: "warn" };
  if (!result.measured.underBudget) return { mark: "!", text: "Nothing measures within the budget", tone: "warn" };
  if (result.stopped === "agreed" && suspectBatches(result) > 0) return { mark: "–", text: "Predicted and measured agree, but the machine was busy", tone: "warn" };
  if (result.stopped === "agreed") return { mark: "✓", text: "Predicted and measured agree", tone: "good" };
  return { mark: "–", text: "Within the budget; predicted and measured do not agree yet", tone: "plain" };
}

function facts({ result, seed, budget }: TuneRunView): (string | undefined)[] {
  const measured = result === null || result.rounds.length === 0 ? undefined : `${triedIn(result).length} architectures measured in ${roundsText(result.rounds.length)}, ${duration(result.search.elapsedMs)}`;
  return [`budget ${budgetText(budget)}`, measured, `seed ${seed}`];
}

const KEPT = "Batches that are measured are kept: resuming measures none of them again.";
const WORDS = {
  interrupted: `The run stopped before it was done. ${KEPT}`,
  failed: "The run failed for a reason it did not give.",
  cancelled: `You cancelled this run. ${KEPT}`,
};

export function TuneHeader(props: { run: TuneRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
