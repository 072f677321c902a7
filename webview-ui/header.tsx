import type { ComponentChildren } from "preact";
import { dateLanguage, t } from "../src/shared/l10n.js";
import type { MeasureProgress } from "../src/shared/measure.js";
import { Button } from "./controls.js";
import { shareDone } from "./liveMeasuring.js";
import type { RunView } from "./types.js";

export interface Status {
  /** Repeats in shape what the colour says. */
  mark: string;
  text: string;
  tone: "good" | "plain" | "warn" | "bad";
}

/** A measuring run under way. @param word `Measuring` */
export function runningStatus(word: string, progress: MeasureProgress | null): Status {
  const share = progress === null ? null : shareDone(progress);
  return { mark: "◌", text: share === null ? word : `${word}, ${Math.floor(100 * share)}\u00a0%`, tone: "plain" };
}

/** The states that mean the same for every kind of run; null for the others. */
export function stoppedStatus(state: RunView["state"]): Status | null {
  if (state === "cancelled") return { mark: "■", text: t("Cancelled"), tone: "plain" };
  if (state === "failed") return { mark: "✕", text: t("Failed"), tone: "bad" };
  if (state === "interrupted") return { mark: "❙❙", text: t("Interrupted"), tone: "warn" };
  return null;
}

/** What is common to all runs: when it began, and how often its worker was started again. */
function commonFacts({ startedAt, restarts }: RunView): { started: string | undefined; restarted: string | undefined } {
  const started = new Date(startedAt);
  return {
    started: Number.isNaN(started.getTime())
      ? undefined
      : t("started {0}", started.toLocaleString(dateLanguage(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })),
    restarted: restarts === 0 ? undefined : restarts === 1 ? t("worker restarted once, nothing lost") : t("worker restarted {0} times, nothing lost", restarts),
  };
}

/** Title, state and facts of a run, and what to do where it stopped. */
export function Header(props: {
  run: RunView;
  status: Status;
  facts: (string | undefined)[];
  words: { interrupted: string; failed: string; cancelled: string };
  /** A cancelled run goes on from where it was. */
  resumesCancelled?: boolean;
  onResume: () => void;
  onLog: () => void;
  children?: ComponentChildren;
}) {
  const { run, status, words, onResume } = props;
  const { started, restarted } = commonFacts(run);
  return (
    <header>
      <div class="headline">
        <h1>{run.title}</h1>
        <p class={`state ${status.tone}`} role="status">
          <span aria-hidden="true">{status.mark} </span>
          {status.text}
        </p>
      </div>
      <p class="facts">{[started, ...props.facts, restarted].filter((part) => part !== undefined).join(" · ")}</p>
      {props.children}
      {run.state === "interrupted" && (
        <div class="notice row">
          <span>{words.interrupted}</span>
          <Button primary onPress={onResume}>{t("Resume")}</Button>
        </div>
      )}
      {run.state === "failed" && (
        <div class="notice row bad">
          <span>{run.error ?? words.failed}</span>
          <Button onPress={props.onLog}>{t("Show log")}</Button>
        </div>
      )}
      {run.state === "cancelled" && (
        <div class="notice row">
          <span>{words.cancelled}</span>
          {props.resumesCancelled === true && <Button primary onPress={onResume}>{t("Resume")}</Button>}
        </div>
      )}
    </header>
  );
}
