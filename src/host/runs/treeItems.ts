import * as vscode from "vscode";
import type { RunState } from "../../shared/panel.js";
import { details } from "../format.js";
import { kindOf } from "../kinds/index.js";
import type { RunSummary } from "./runController.js";
import type { GroupId } from "./groups.js";
import type { FigureNode, GroupNode, RunNode } from "./nodes.js";

const ICONS: Record<RunState, vscode.ThemeIcon> = {
  running: new vscode.ThemeIcon("sync~spin"),
  done: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  infeasible: new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("list.warningForeground")),
  cancelled: new vscode.ThemeIcon("circle-slash"),
  failed: new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground")),
  interrupted: new vscode.ThemeIcon("debug-pause"),
};

/** What a run is called: by the person, or by what tells it from the others. */
export function nameOfRun({ record, found }: Pick<RunSummary, "record" | "found">): string {
  return record.name ?? kindOf(record).label(record, found).label;
}

export function runItem({ record, live, found }: RunNode): vscode.TreeItem {
  const state = stateText(record.state, live);
  const { label, description, facts } = kindOf(record).label(record, found);
  const finished = record.state === "done" || record.state === "infeasible";
  const item = new vscode.TreeItem(record.name ?? label, finished ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.id = record.id;
  item.iconPath = ICONS[record.state];
  // The side bar is narrow: under a name of the person's own, the figures come first.
  item.description = details([record.state === "done" ? undefined : state, record.name == null ? undefined : label, description]);
  item.tooltip = new vscode.MarkdownString().appendText(
    [
      ...(record.name == null ? [] : [record.name]),
      `${record.title}: ${state}`,
      ...facts,
      new Date(record.startedAt).toLocaleString(),
      ...(record.error === null ? [] : [record.error]),
    ].join("\n"),
  );
  const pinned = record.pinned === true ? vscode.l10n.t("pinned") : undefined;
  item.accessibilityInformation = { label: [record.name ?? label, state, record.name == null ? undefined : label, description, pinned].filter(Boolean).join(", ") };
  const does = live ? "running" : ["cancelled", "failed", "interrupted"].includes(record.state) ? "resumable" : record.state;
  // For the `when` clauses of package.json.
  item.contextValue = `${record.request.kind}.${does}${record.pinned === true ? ".pinned" : ""}`;
  item.command = { command: "foxnas.runs.open", title: vscode.l10n.t("Open Run"), arguments: [{ record }] };
  return item;
}

export function groupItem({ id, runs }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(groupText(id), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group.${id}`;
  item.contextValue = "group";
  item.accessibilityInformation = { label: vscode.l10n.t("{0}, {1} runs", groupText(id), runs.length) };
  return item;
}

export function figureItem({ figure, run, index }: FigureNode): vscode.TreeItem {
  const { label, description, icon, tooltip } = figure;
  const item = new vscode.TreeItem(label);
  item.id = `${run.record.id}.${index}`;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = tooltip ?? details([label, description]);
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(", ") };
  item.contextValue = "figure";
  return item;
}

function groupText(id: GroupId): string {
  switch (id) {
    case "pinned":
      return vscode.l10n.t("Pinned");
    case "today":
      return vscode.l10n.t("Today");
    case "yesterday":
      return vscode.l10n.t("Yesterday");
    case "week":
      return vscode.l10n.t("Last 7 Days");
    case "older":
      return vscode.l10n.t("Older");
  }
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
