import * as vscode from "vscode";
import type { App } from "../app.js";
import { kindOf } from "../kinds/index.js";
import { pick } from "../ask/steps.js";
import { isFigureNode, isRunNode, type RunNode } from "./nodes.js";
import { nameOfRun } from "./treeItems.js";

type Runs = Pick<App, "runs" | "runsView">;

/**
 * The runs that a menu or a key of the view means. A menu hands over the row under the pointer, and all selected rows where
 * it is one of them; a key hands over the focused row; the palette hands over nothing.
 */
export function rowsMeant({ runsView }: Runs, row: unknown, rows: unknown): RunNode[] {
  if (Array.isArray(rows) && rows.length > 0) return rows.filter(isRunNode);
  const { selection } = runsView;
  if (isUnresolved(row)) return selection;
  if (!isRunNode(row)) return [];
  return selection.some(({ record }) => record.id === row.record.id) ? selection : [row];
}

/** The run of a row or of a figure; without one, the run that the person picks. Undefined where none was picked. */
export async function runMeant(app: Runs, row: unknown, title: string, suits: (run: RunNode) => boolean = () => true): Promise<RunNode | undefined> {
  if (isFigureNode(row)) return row.run;
  if (isRunNode(row)) return row;
  return (isUnresolved(row) ? app.runsView.selection[0] : undefined) ?? pickRun(app, title, vscode.l10n.t("Which run?"), suits);
}

/** What a key hands over where VS Code does not put the focused row into its place. */
function isUnresolved(row: unknown): boolean {
  return typeof row === "object" && row !== null && "$treeViewId" in row;
}

/** The run that the person picks from those that suit. */
export async function pickRun({ runs }: Runs, title: string, placeholder: string, suits: (run: RunNode) => boolean): Promise<RunNode | undefined> {
  const nodes = (await runs.list()).map((run): RunNode => ({ type: "run", group: null, ...run })).filter(suits);
  if (nodes.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is no run yet that this can be done with."));
    return undefined;
  }
  const items = nodes.map((node) => {
    const { description, label } = kindOf(node.record).label(node.record, node.found);
    const detail = new Date(node.record.startedAt).toLocaleString();
    return { label: nameOfRun(node), description: [node.record.name == null ? "" : label, description].filter(Boolean).join(" · "), detail, value: node };
  });
  return pick<RunNode>({ title, placeholder, items });
}
