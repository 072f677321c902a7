import { budgetText, duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { TuneRunView } from "../types.js";
import { roundsText, suspectBatches, triedIn } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The state of a search with measuring in words. */
function statusOf(run: TuneRunView): Status {
  if (run.state === "running") return runningStatus(t("Measuring"), run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  const { result } = run;
  if (result === null) return { mark: "", text: t("Done"), tone: "plain" };
  if (result.measured === null) return { mark: "!", text: t("Infeasible budget"), tone: "warn" };
  if (!result.measured.underBudget) return { mark: "!", text: t("Nothing measures within the budget"), tone: "warn" };
  if (result.stopped === "agreed" && suspectBatches(result) > 0) return { mark: "–", text: t("Predicted and measured agree, but the machine was busy"), tone: "warn" };
  if (result.stopped === "agreed") return { mark: "✓", text: t("Predicted and measured agree"), tone: "good" };
  return { mark: "–", text: t("Within the budget; predicted and measured do not agree yet"), tone: "plain" };
}

function facts({ result, seed, budget }: TuneRunView): (string | undefined)[] {
  const measured = result === null || result.rounds.length === 0 ? undefined : t("{0} architectures measured in {1}, {2}", triedIn(result).length, roundsText(result.rounds.length), duration(result.search.elapsedMs));
  return [t("budget {0}", budgetText(budget)), measured, t("seed {0}", seed)];
}

const KEPT = t("Batches that are measured are kept: resuming measures none of them again.");
const WORDS = {
  interrupted: t("The run stopped before it was done. {0}", KEPT),
  failed: t("The run failed for a reason it did not give."),
  cancelled: t("You cancelled this run. {0}", KEPT),
};

export function TuneHeader(props: { run: TuneRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
