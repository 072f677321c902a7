import * as vscode from "vscode";
import { pick, type At, type Back, type PickItem } from "../ask/steps.js";
import { FORMATS, plainName, type Format } from "./formats.js";
import type { Subject } from "./subject.js";
import type { TextPlace } from "./write.js";

interface FormatOptions {
  title: string;
  at: At;
  subject: Subject;
  active: Format;
  onActive: (format: Format) => void;
}

/** Which form; the selection is shown while it moves. */
export function pickFormat({ title, at, subject, active, onActive }: FormatOptions): Promise<Format | Back | undefined> {
  const texts = formatTexts();
  const { parameters, multiplyAdds } = subject;
  const costs = vscode.l10n.t("{0} million parameters, {1} million multiply-adds", (parameters / 1e6).toFixed(2), (multiplyAdds / 1e6).toFixed(1));
  const row = (format: Format): PickItem<Format> => ({ label: texts[format][0], description: plainName(subject, format), detail: texts[format][1], value: format });
  const group = (label: string, formats: readonly Format[]) => [{ label, kind: vscode.QuickPickItemKind.Separator }, ...formats.map(row)];
  const of = (from: Format, to: Format) => FORMATS.slice(FORMATS.indexOf(from), FORMATS.indexOf(to) + 1);
  return pick<Format>({
    title: vscode.l10n.t("{0}: {1}", title, costs),
    at,
    placeholder: vscode.l10n.t("Form of {0}, shown beside the editor", subject.name),
    items: [...group(vscode.l10n.t("config"), of("json", "python")), ...group(vscode.l10n.t("network"), of("pytorch", "onnx")), ...group(vscode.l10n.t("project that trains it"), of("pytorch-project", "keras-project"))],
    active: (format) => format === active,
    onActive,
  });
}

function formatTexts(): Record<Format, [string, string]> {
  return {
    json: ["JSON", vscode.l10n.t("The config itself.")],
    yaml: ["YAML", vscode.l10n.t("The same config.")],
    python: [vscode.l10n.t("Python dict"), vscode.l10n.t("In the layout of Once-for-All.")],
    pytorch: [vscode.l10n.t("PyTorch module"), vscode.l10n.t("One file that needs PyTorch alone.")],
    keras: [vscode.l10n.t("Keras model"), vscode.l10n.t("One file that needs Keras 3 alone.")],
    onnx: ["ONNX", vscode.l10n.t("With random weights, float32 or int8.")],
    "pytorch-project": [vscode.l10n.t("PyTorch project"), vscode.l10n.t("Training, evaluation, export to ONNX.")],
    "keras-project": [vscode.l10n.t("Keras project"), vscode.l10n.t("Training, evaluation, saved model.")],
  };
}

/** A text's place; a file's name is asked for next. */
type PlaceChoice = { kind: "file"; folder: vscode.WorkspaceFolder } | Exclude<TextPlace, { kind: "file" }>;

/** Where a text goes. */
export function pickPlace(title: string, at: At, editor: vscode.TextEditor | undefined): Promise<PlaceChoice | Back | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const items: PickItem<PlaceChoice>[] = folders.map((folder) => ({
    label: `$(new-file) ${folders.length > 1 ? vscode.l10n.t("New file in {0}…", folder.name) : vscode.l10n.t("New file in the workspace…")}`,
    value: { kind: "file", folder },
  }));
  if (editor !== undefined) {
    const description = vscode.workspace.asRelativePath(editor.document.uri);
    items.push({ label: `$(insert) ${vscode.l10n.t("At the cursor of the open editor")}`, description, value: { kind: "cursor", editor } });
  }
  items.push({ label: `$(file) ${vscode.l10n.t("Untitled file")}`, description: vscode.l10n.t("saved when and where you like"), value: { kind: "untitled" } });
  items.push({ label: `$(copy) ${vscode.l10n.t("Clipboard")}`, value: { kind: "clipboard" } });
  return pick<PlaceChoice>({ title, at, placeholder: vscode.l10n.t("Where to?"), items });
}
