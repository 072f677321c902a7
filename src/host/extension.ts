import * as vscode from "vscode";
import { createApp } from "./app.js";
import { COMMANDS } from "./commands.js";
import { testApi, type TestApi } from "./testApi.js";

/** Called on the first command, when the Runs view opens, or when a panel comes back after a reload. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const start = performance.now();
  const app = createApp(context);
  for (const [id, run] of Object.entries(COMMANDS)) {
    const guarded = async (...args: unknown[]) => {
      try {
        await run(app, ...(args as never[]));
      } catch (error) {
        await app.report(error);
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(id, guarded));
  }
  void app.runs.recover().catch(app.report);
  app.log.info(`FOX-NAS ${app.version} activated in ${(performance.now() - start).toFixed(1)} ms`);
  return context.extensionMode === vscode.ExtensionMode.Test ? testApi(app) : undefined;
}
