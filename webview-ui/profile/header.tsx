import { duration } from "../../src/shared/format.js";
import { Header, runningStatus, stoppedStatus, type Status } from "../header.js";
import type { ProfileRunView } from "../types.js";
import { stoppedText, threadsText } from "./text.js";

/** The state of a profile in words. */
function statusOf(run: ProfileRunView): Status {
  if (run.state === "running") return runningStatus("Profiling", run.progress);
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  if (run.result === null) return { mark: "", text: "Done", tone: "plain" };
  const { text, reached } = stoppedText(run.result, run.asked.target);
  return reached ? { mark: "✓", text, tone: "good" } : { mark: "–", text, tone: "plain" };
}

function facts({ asked, result, space, resolution }: ProfileRunView): (string | undefined)[] {
  return [
    result === null ? undefined : `${result.samples.length} architectures timed in ${duration(result.elapsedMs)}`,
    result === null ? undefined : `onnxruntime ${result.device.onnxruntime}`,
    asked.executionProvider,
    threadsText(asked.threads),
    `${space} at ${resolution}\u00a0px`,
  ];
}

const KEPT = "What is measured is kept: resuming measures none of it again.";
const WORDS = {
  interrupted: `The profile stopped before it was done. ${KEPT}`,
  failed: "The profile failed for a reason it did not give.",
  cancelled: `You cancelled this profile. ${KEPT}`,
};

export function ProfileHeader(props: { run: ProfileRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  return <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} resumesCancelled onResume={onResume} onLog={onLog} />;
}
