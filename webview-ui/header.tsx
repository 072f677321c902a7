import { Button } from "./controls.js";
import { countOf, duration } from "./format.js";
import { certificateText } from "./sentences.js";
import type { RunView } from "./types.js";

interface Status {
  mark: string;
  text: string;
  tone: "good" | "plain" | "warn" | "bad";
}

/** The state of a run in words; the mark repeats in shape what the colour says. */
export function statusOf(run: RunView): Status {
  if (run.state === "running") {
    const progress = run.progress;
    const share = progress === null || progress.total <= 0 ? null : Math.floor((progress.evaluations / progress.total) * 100);
    return { mark: "◌", text: share === null ? "Searching" : `Searching, ${share}\u00a0%`, tone: "plain" };
  }
  if (run.state === "infeasible") return { mark: "!", text: "Infeasible budget", tone: "warn" };
  if (run.state === "cancelled") return { mark: "■", text: "Cancelled", tone: "plain" };
  if (run.state === "failed") return { mark: "✕", text: "Failed", tone: "bad" };
  if (run.state === "interrupted") return { mark: "❙❙", text: "Interrupted", tone: "warn" };
  if (run.result === null) return { mark: "", text: "Done", tone: "plain" };
  const certificate = certificateText(run.result.certificate);
  if (!certificate.proved) return { mark: "–", text: certificate.text, tone: "plain" };
  return { mark: certificate.reached ? "✓" : "≈", text: certificate.text, tone: "good" };
}

function facts(run: RunView): string {
  const search = run.result?.search;
  const evaluations = search?.evaluations ?? run.progress?.evaluations;
  const elapsed = search?.elapsedMs ?? run.progress?.elapsedMs;
  const started = new Date(run.startedAt);
  const parts = [
    Number.isNaN(started.getTime())
      ? undefined
      : `started ${started.toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}`,
    `seed ${run.seed}`,
    evaluations === undefined || run.state === "infeasible"
      ? undefined
      : `${countOf(evaluations)} evaluations${elapsed === undefined ? "" : ` in ${duration(elapsed)}`}`,
    run.restarts === 0 ? undefined : `worker restarted ${run.restarts === 1 ? "once" : `${run.restarts} times`}, nothing lost`,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

export function Header(props: { run: RunView; onResume: () => void; onLog: () => void }) {
  const { run } = props;
  const status = statusOf(run);
  const noCertificate = run.result !== null && run.state === "done" && !run.result.certificate.proved;
  return (
    <header>
      <div class="headline">
        <h1>{run.title}</h1>
        <p class={`state ${status.tone}`} role="status">
          <span aria-hidden="true">{status.mark} </span>
          {status.text}
        </p>
      </div>
      <p class="facts">{facts(run)}</p>
      {noCertificate && <p class="notice">{run.result?.certificate.reason ?? "The optimum could not be proved."}</p>}
      {run.state === "interrupted" && (
        <div class="notice row">
          <span>The search stopped before it was done. Its journal is there: resuming ends in the same result.</span>
          <Button primary onPress={props.onResume}>Resume</Button>
        </div>
      )}
      {run.state === "failed" && (
        <div class="notice row bad">
          <span>{run.error ?? "The search failed for a reason it did not give."}</span>
          <Button onPress={props.onLog}>Show log</Button>
        </div>
      )}
      {run.state === "cancelled" && (
        <p class="notice">You cancelled this search; what it had seen until then is below.</p>
      )}
    </header>
  );
}
