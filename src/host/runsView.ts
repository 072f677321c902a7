import * as vscode from "vscode";
import type { RunState } from "../shared/panel.js";
import { details } from "./format.js";
import { kindOf } from "./kinds/index.js";
import type { RunController, RunSummary } from "./runController.js";

const ICONS: Record<RunState, vscode.ThemeIcon> = {
  running: new vscode.ThemeIcon("sync~spin"),
  done: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  infeasible: new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("list.warningForeground")),
  cancelled: new vscode.ThemeIcon("circle-slash"),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground")),
  interrupted: new vscode.ThemeIcon("debug-pause"),
};

/** The Runs view: every run of this workspace, newest first. */
export function runsView(runs: RunController): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<RunSummary> = {
    onDidChangeTreeData: changed.event,
    getChildren: (parent) => (parent === undefined ? runs.list() : []),
    getTreeItem: treeItem,
  };
  return vscode.Disposable.from(
    changed,
    runs.onDidChange(() => changed.fire(undefined)),
    vscode.window.createTreeView("foxnas.runs", { treeDataProvider: provider }),
  );
}

function treeItem({ record, live, found }: RunSummary): vscode.TreeItem {
  const state = stateText(record.state, live);
  const { label, description, facts } = kindOf(record).label(record, found);
  const item = new vscode.TreeItem(label);
  item.id = record.id;
  item.iconPath = ICONS[record.state];
  item.description = details([record.state === "done" ? undefined : state, description]);
  item.tooltip = new vscode.MarkdownString().appendText(
    [
      `${record.title}: ${state}`,
      ...facts,
      new Date(record.startedAt).toLocaleString(),
      ...(record.error === null ? [] : [record.error]),
    ].join("\n"),
  );
  item.accessibilityInformation = { label: [label, item.description].filter(Boolean).join(", ") };
  const does = live ? "running" : ["cancelled", "failed", "interrupted"].includes(record.state) ? "resumable" : record.state;
  // For the `when` clauses of package.json.
  item.contextValue = `${record.request.kind}.${does}`;
  item.command = { command: "foxnas.runs.open", title: vscode.l10n.t("Open Run"), arguments: [{ record }] };
  return item;
}

function stateText(state: RunState, live: boolean): string {
  switch (state) {
    case "running":
      return live ? vscode.l10n.t("running") : vscode.l10n.t("running in another window, or about to be resumed");
    case "done":
      return vscode.l10n.t("done");
    case "infeasible":
      return vscode.l10n.t("infeasible budget");
    case "cancelled":
      return vscode.l10n.t("cancelled");
    case "failed":
      return vscode.l10n.t("failed");
    case "interrupted":
      return vscode.l10n.t("interrupted");
  }
}
