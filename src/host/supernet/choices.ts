import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import { messageOf } from "../report.js";
import type { Entry, Library } from "../library.js";
import type { Space } from "../../shared/space.js";
import { BACK, pick, type At, type Back, type PickItem } from "../ask/steps.js";
import { dataFolders, supernetFiles } from "./found.js";
import { pathOf, shownPath } from "./trust.js";

type Choice = { kind: "path"; path: string } | { kind: "browse" };

interface PathOptions {
  title: string;
  at?: At | undefined;
  placeholder?: string;
  /** Preselected: the answer of the last time. */
  remembered: string | undefined;
}

/** A supernet file: found in the workspace, or browsed for; answered as its path. */
export async function pickSupernet({ placeholder = vscode.l10n.t("Supernet: a .safetensors or .onnx file with the shared weights"), ...options }: PathOptions): Promise<string | Back | undefined> {
  const browse = { filters: { [vscode.l10n.t("Supernets")]: ["safetensors", "onnx"] } };
  return choosePath({ ...options, placeholder, paths: await supernetFiles(), icon: "file-binary", browse });
}

/** A folder of images or tensors: found in the workspace or beside the supernet, or browsed for; answered as its path. */
export async function pickData(supernet: string, { placeholder = vscode.l10n.t("Data: a folder with validation images, or validation.npz"), ...options }: PathOptions): Promise<string | Back | undefined> {
  const browse = { canSelectFiles: false, canSelectFolders: true };
  return choosePath({ ...options, placeholder, paths: await dataFolders(supernet), icon: "folder", browse });
}

async function choosePath(options: PathOptions & { placeholder: string; paths: readonly string[]; icon: string; browse: vscode.OpenDialogOptions }): Promise<string | Back | undefined> {
  const { title, at, placeholder, paths, remembered, icon, browse } = options;
  // The answer of the last time may lie outside the workspace.
  const all = remembered === undefined || paths.includes(remembered) || !(await isThere(remembered)) ? paths : [...paths, remembered];
  const items: PickItem<Choice>[] = [
    ...all.map((path) => ({ label: `$(${icon}) ${basename(path)}`, description: shownPath(dirname(path)), value: { kind: "path" as const, path } })),
    { label: `$(folder-opened) ${vscode.l10n.t("Browse…")}`, value: { kind: "browse" } },
  ];
  for (;;) {
    const answer = await pick<Choice>({ title, at, placeholder, items, active: (choice) => choice.kind === "path" && choice.path === remembered });
    if (answer === undefined || answer === BACK) return answer;
    if (answer.kind === "path") return answer.path;
    const picked = await vscode.window.showOpenDialog({ title, openLabel: vscode.l10n.t("Use"), defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri, ...browse });
    if (picked?.[0] !== undefined) return pathOf(picked[0]);
  }
}

function isThere(path: string): Promise<boolean> {
  return Promise.resolve(
    vscode.workspace.fs.stat(vscode.Uri.file(path)).then(
      () => true,
      () => false,
    ),
  );
}

/** The search spaces in the folder of a supernet; those that cannot be read are told to the log. */
export async function spacesBeside(supernet: string, library: Library, log: vscode.LogOutputChannel): Promise<Entry<Space>[]> {
  const folder = vscode.Uri.file(dirname(supernet));
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).filter((name) => name.endsWith(".space.json"));
  const found: Entry<Space>[] = [];
  for (const name of names.sort()) {
    try {
      found.push(await library.space(vscode.Uri.joinPath(folder, name)));
    } catch (error) {
      log.warn(messageOf(error));
    }
  }
  return found;
}
