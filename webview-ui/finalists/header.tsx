import { budgetText, duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { FinalistsRunView } from "../types.js";
import { leadVerdict } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The state of a measuring of finalists in words. */
function statusOf(run: FinalistsRunView): Status {
  if (run.state === "running") return runningStatus(t("Measuring"), run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  const { result } = run;
  if (run.state === "infeasible" || result?.status === "infeasible") return { mark: "!", text: t("Infeasible budget"), tone: "warn" };
  if (result === null || result.finalists.length === 0) return { mark: "", text: t("Done"), tone: "plain" };
  return leadVerdict(result).tone === "good" ? { mark: "✓", text: t("Measured: a clear winner"), tone: "good" } : { mark: "≈", text: t("Measured: a close field"), tone: "good" };
}

function facts({ result, supernet, data, budget, asked, seed }: FinalistsRunView): (string | undefined)[] {
  return [
    t("{0} on images of {1}", supernet, data),
    t("budget {0}", budgetText(budget)),
    result === null || result.finalists.length === 0 ? undefined : t("{0} measured in {1}", result.finalists.length, duration(result.elapsedMs)),
    asked.precision,
    t("seed {0}", seed),
  ];
}

const KEPT = t("Finalists that are measured are kept: resuming measures none of them again.");
const WORDS = {
  interrupted: t("The run stopped before it was done. {0}", KEPT),
  failed: t("The run failed for a reason it did not give."),
  cancelled: t("You cancelled this run. {0}", KEPT),
};

export function FinalistsHeader(props: { run: FinalistsRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
