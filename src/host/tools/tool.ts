import * as vscode from "vscode";
import { runJob, RunFailure } from "../../runs/supervisor.js";
import { InputError } from "../../shared/errors.js";
import type { Request, ResultOf } from "../../shared/messages.js";
import type { App } from "../app.js";
import { messageOf } from "../report.js";
import { readInput, type ToolInput, type ToolName } from "./inputs.js";

/** What a tool tells a model: sentences, and the same figures as data. Every number in them was computed by FOX-NAS. */
export interface ToolAnswer {
  text: string;
  json: unknown;
}

/** A tool for language models. Its input was validated. */
export interface Tool<N extends ToolName> {
  name: N;
  /** What the person reads before and while it runs; a question where it writes or takes long. Throws InputError. */
  prepare(app: App, input: ToolInput<N>): Promise<vscode.PreparedToolInvocation> | vscode.PreparedToolInvocation;
  /** Throws InputError, RunFailure, CancellationError. */
  invoke(app: App, input: ToolInput<N>, token: vscode.CancellationToken): Promise<ToolAnswer>;
}

/** A tool as VS Code takes it: errors become messages that a model can act on. */
export function asLanguageModelTool<N extends ToolName>(app: App, tool: Tool<N>): vscode.LanguageModelTool<object> {
  return {
    prepareInvocation: async ({ input }) => {
      try {
        return await tool.prepare(app, readInput(tool.name, input));
      } catch (error) {
        // Nothing to ask about: invoking it tells the model what is wrong.
        if (error instanceof InputError) return {};
        throw error;
      }
    },
    invoke: async ({ input }, token) => {
      try {
        const { text, json } = await tool.invoke(app, readInput(tool.name, input), token);
        const parts = [text, JSON.stringify(json, null, 1)];
        return new vscode.LanguageModelToolResult(parts.map((part) => new vscode.LanguageModelTextPart(part)));
      } catch (error) {
        throw toolError(app, tool.name, error);
      }
    },
  };
}

/** The error as the model reads it; what is inside a failure goes to the log. */
function toolError({ log }: App, name: string, error: unknown): unknown {
  if (error instanceof vscode.CancellationError) return error;
  const message = messageOf(error);
  if (error instanceof InputError) log.warn(`${name}: ${message}`);
  else log.error(`${name}: ${error instanceof RunFailure ? `${message}\n${error.log}` : error instanceof Error ? (error.stack ?? message) : message}`);
  return new Error(error instanceof InputError ? message : `${message} This is a failure of FOX-NAS, not of the input: do not guess the numbers, tell the person to look at the log (FOX-NAS: Show Log).`);
}

/** Runs a job that is no run; the token ends it. Throws InputError, RunFailure, CancellationError. */
export async function jobFor<K extends Request["kind"]>({ workerPath, log }: App, request: Extract<Request, { kind: K }>, token: vscode.CancellationToken): Promise<ResultOf<K>> {
  const abort = new AbortController();
  if (token.isCancellationRequested) throw new vscode.CancellationError();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    const outcome = await runJob<K>(request, { workerPath, journal: null, signal: abort.signal, onLog: (level, message) => log[level](`${request.kind}: ${message}`) });
    if (outcome.status === "done" && !token.isCancellationRequested) return outcome.result;
    throw new vscode.CancellationError();
  } finally {
    listening.dispose();
  }
}
