import "./texts.js";
import * as vscode from "vscode";
import { createApp } from "./app.js";
import { COMMANDS } from "./commands.js";
import { taskProvider } from "./tasks/index.js";
import { testApi, type TestApi } from "./testApi.js";
import { registerTools } from "./tools/index.js";
import { commandRan, editedContext, searchedContext } from "./tools/walkthrough.js";

/** Called on the first command, when the Runs view opens, or when a panel comes back after a reload. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const start = performance.now();
  const app = createApp(context);
  for (const [id, run] of Object.entries(COMMANDS)) {
    const guarded = async (...args: unknown[]) => {
      try {
        await run(app, ...(args as never[]));
        await commandRan(id);
      } catch (error) {
        await app.report(error);
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(id, guarded));
  }
  context.subscriptions.push(registerTools(app), taskProvider(app), searchedContext(app.runs), editedContext());
  void app.runs.recover().catch(app.report);
  app.log.info(`FOX-NAS ${app.version} activated in ${(performance.now() - start).toFixed(1)} ms`);
  return context.extensionMode === vscode.ExtensionMode.Test ? testApi(app) : undefined;
}
