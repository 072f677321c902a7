import { countOf, duration } from "../src/shared/format.js";
import { Header, stoppedStatus, type Status } from "./header.js";
import { certificateText } from "./sentences.js";
import type { SearchRunView } from "./types.js";
import { t } from "../src/shared/l10n.js";
import { toldText } from "../src/shared/toldText.js";

/** The state of a search in words. */
function statusOf(run: SearchRunView): Status {
  if (run.state === "running") {
    const progress = run.progress;
    const share = progress === null || progress.total <= 0 ? null : Math.floor((progress.evaluations / progress.total) * 100);
    return { mark: "◌", text: share === null ? t("Searching") : t("Searching, {0}\u00a0%", share), tone: "plain" };
  }
  if (run.state === "infeasible") return { mark: "!", text: t("Infeasible budget"), tone: "warn" };
  const stopped = stoppedStatus(run.state);
  if (stopped !== null) return stopped;
  if (run.result === null) return { mark: "", text: t("Done"), tone: "plain" };
  const certificate = certificateText(run.result.certificate);
  if (!certificate.proved) return { mark: "–", text: certificate.text, tone: "plain" };
  return { mark: certificate.reached ? "✓" : "≈", text: certificate.text, tone: "good" };
}

function facts(run: SearchRunView): (string | undefined)[] {
  const search = run.result?.search;
  const evaluations = search?.evaluations ?? run.progress?.evaluations;
  const elapsed = search?.elapsedMs ?? run.progress?.elapsedMs;
  return [
    t("seed {0}", run.seed),
    evaluations === undefined || run.state === "infeasible"
      ? undefined
      : elapsed === undefined
        ? t("{0} evaluations", countOf(evaluations))
        : t("{0} evaluations in {1}", countOf(evaluations), duration(elapsed)),
  ];
}

const WORDS = {
  interrupted: t("The search stopped before it was done. Its journal is there: resuming ends in the same result."),
  failed: t("The search failed for a reason it did not give."),
  cancelled: t("You cancelled this search; what it had seen until then is below."),
};

export function SearchHeader(props: { run: SearchRunView; onResume: () => void; onLog: () => void }) {
  const { run, onResume, onLog } = props;
  const noCertificate = run.result !== null && run.state === "done" && !run.result.certificate.proved;
  return (
    <Header run={run} status={statusOf(run)} facts={facts(run)} words={WORDS} onResume={onResume} onLog={onLog}>
      {noCertificate && <p class="notice">{toldText(run.result?.certificate.reason ?? "The optimum could not be proved.")}</p>}
    </Header>
  );
}
