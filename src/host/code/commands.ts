import * as vscode from "vscode";
import type { CommandTable } from "../commandTable.js";
import { generateCode } from "./generate.js";
import type { About } from "./subject.js";

/** What a menu hands over: a file, a row of the Runs view, or what the panel names. */
type From = vscode.Uri | { record: { id: string } } | (Exclude<About, vscode.Uri> & { runId: string });

function aboutOf(from: From | undefined): About | undefined {
  if (from === undefined || from instanceof vscode.Uri) return from;
  return "record" in from ? { runId: from.record.id, index: 0 } : from;
}

/** Commands that write code people can train. */
export const CODE_COMMANDS: CommandTable = {
  "foxnas.code.generate": (app, from?: From) => generateCode(app, aboutOf(from)),
};
