import * as vscode from "vscode";
import type { FrontResult } from "../../shared/results.js";
import { adviseBudget, feasibleText } from "./budget.js";
import type { FrontJob } from "../start/frontJob.js";
import type { ProbabilityButton } from "./probability.js";
import { input, type At, type Back } from "./steps.js";

interface BudgetOptions {
  title: string;
  at: At;
  /** The front of the picked predictors, by which a typed budget is judged. */
  job: FrontJob;
  /** Offered. */
  value: string;
  prompt: string;
  /** How probably the budget is to be kept, and the sentence that says so; where the latency predictor can tell. */
  kept?: { button: ProbabilityButton; text: () => string } | undefined;
}

/** The step that asks for a latency budget, with the feasible range as soon as it is known. */
export function askBudget({ title, at, job, value, prompt, kept }: BudgetOptions): Promise<{ budget: number; text: string } | Back | undefined> {
  // undefined: not computed yet, null: there is none.
  let front: FrontResult | null | undefined;
  let failure: string | undefined;
  // `Latency budget in ms, kept by one measurement with 95 % probability. Feasible: 57.9 … 331 ms.`
  const promptNow = () => `${prompt}${kept?.text() ?? ""}${front ? `. ${feasibleText(front)}` : ""}`;
  return input({
    title,
    at,
    value,
    prompt: promptNow(),
    placeholder: "120",
    advise: (text) => {
      if (front === undefined) return { message: info(vscode.l10n.t("Computing the feasible range…")) };
      if (text.trim() === "") return { message: info(front === null ? vscode.l10n.t("A latency in milliseconds") : feasibleText(front)) };
      const { budget, message: advice } = adviseBudget(text, front);
      if (budget === undefined) return { message: advice };
      const surer = kept !== undefined && kept.button.asked !== null && front !== null;
      const message = surer ? `${advice} ${vscode.l10n.t("That is on average; kept more surely it is somewhat less.")}` : advice;
      // The search judges the budget again, so it may start without a front; but not without saying so.
      return { value: { budget, text }, message: failure === undefined ? info(message) : warning(`${failure} ${message}`) };
    },
    attach: (box, refresh) => {
      box.busy = true;
      let closed = false;
      void job.result.then(
        (result) => (front = result),
        (error: unknown) => {
          front = null;
          failure = error instanceof Error ? error.message : String(error);
        },
      ).then(() => {
        if (closed) return;
        box.busy = false;
        box.prompt = promptNow();
        refresh();
      });
      const end = new vscode.Disposable(() => (closed = true));
      if (kept === undefined) return end;
      const button = kept.button.attach(box, () => {
        box.prompt = promptNow();
        refresh();
      });
      return vscode.Disposable.from(button, end);
    },
  });
}

function warning(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Warning };
}

function info(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}
