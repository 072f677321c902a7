import * as vscode from "vscode";
import type { FrontResult } from "../shared/results.js";
import { adviseBudget, feasibleText } from "./budget.js";
import type { FrontJob } from "./frontJob.js";
import { input, type At, type Back } from "./steps.js";

interface BudgetOptions {
  title: string;
  at: At;
  /** The front of the picked predictors, by which a typed budget is judged. */
  job: FrontJob;
  /** Offered. */
  value: string;
  prompt: string;
}

/** The step that asks for a latency budget, with the feasible range as soon as it is known. */
export function askBudget({ title, at, job, value, prompt }: BudgetOptions): Promise<{ budget: number; text: string } | Back | undefined> {
  // undefined: not computed yet, null: there is none.
  let front: FrontResult | null | undefined;
  let failure: string | undefined;
  return input({
    title,
    at,
    value,
    prompt,
    placeholder: "120",
    advise: (text) => {
      if (front === undefined) return { message: info(vscode.l10n.t("Computing the feasible range…")) };
      if (text.trim() === "") return { message: info(front === null ? vscode.l10n.t("A latency in milliseconds") : feasibleText(front)) };
      const { budget, message } = adviseBudget(text, front);
      if (budget === undefined) return { message };
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
        if (front) box.prompt = `${prompt}. ${feasibleText(front)}`;
        refresh();
      });
      return new vscode.Disposable(() => (closed = true));
    },
  });
}

function warning(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Warning };
}

function info(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}
