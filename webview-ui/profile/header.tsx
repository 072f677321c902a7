import { duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { ProfileRunView } from "../types.js";
import { stoppedText, threadsText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** The state of a profile in words. */
function statusOf(run: ProfileRunView): Status {
  if (run.state === "running") return runningStatus(t("Profiling"), run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  if (run.result === null) return { mark: "", text: t("Done"), tone: "plain" };
  const { text, reached } = stoppedText(run.result, run.asked.target);
  return reached ? { mark: "✓", text, tone: "good" } : { mark: "–", text, tone: "plain" };
}

function facts({ asked, result, space, resolution }: ProfileRunView): (string | undefined)[] {
  return [
    result === null ? undefined : t("{0} architectures timed in {1}", result.samples.length, duration(result.elapsedMs)),
    result === null ? undefined : `onnxruntime ${result.device.onnxruntime}`,
    asked.executionProvider,
    threadsText(asked.threads),
    t("{0} at {1}\u00a0px", space, resolution),
  ];
}

const KEPT = t("What is measured is kept: resuming measures none of it again.");
const WORDS = {
  interrupted: t("The profile stopped before it was done. {0}", KEPT),
  failed: t("The profile failed for a reason it did not give."),
  cancelled: t("You cancelled this profile. {0}", KEPT),
};

export function ProfileHeader(props: { run: ProfileRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
