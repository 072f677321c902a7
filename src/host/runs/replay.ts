import * as vscode from "vscode";
import { sha256 } from "../../runs/digest.js";
import { countOf } from "../../shared/format.js";
import { needsPlaces, readRunFile, RUN_FILE_ENDING, withPlaces, type RunFile, type StoredRequest } from "../../shared/runFile.js";
import type { RunRequest } from "../../shared/runs.js";
import { isReproducible } from "../../shared/sameResult.js";
import type { App } from "../app.js";
import { baseName, readSource } from "../library.js";
import { pick, type PickItem } from "../ask/steps.js";
import { locate } from "../supernet/locate.js";
import { requireTrust } from "../supernet/trust.js";
import { repeat } from "./repeat.js";

const MAX_FILES = 200;

/** Checks a run's file, offers to run it again, and says whether the result is the same. Throws InputError. */
export async function replayRun(app: App, from?: vscode.Uri): Promise<void> {
  const title = vscode.l10n.t("Replay Run from File");
  const uri = from ?? (await pickFile(title));
  if (uri === undefined) return;
  const file = readRunFile(await readSource(uri, "json"), sha256);
  if (!(await confirmed(app, file, baseName(uri)))) return;
  const request = await requestOf(app, title, file.request);
  if (request === undefined) return;
  const id = await startReplay(app, file, request, baseName(uri));
  app.panel.show(id);
}

/** Starts the run of a file; it is compared with the file's result when it ends. */
export function startReplay(app: App, { title, result }: RunFile, request: RunRequest, fileName: string): Promise<string> {
  return repeat(app, { request, title, name: vscode.l10n.t("{0} (replay)", title), of: fileName, result });
}

/** Asks where supernet and data are, which a file only names; undefined when the person gave up. */
async function requestOf(app: App, title: string, request: StoredRequest): Promise<RunRequest | undefined> {
  if (!needsPlaces(request)) return withPlaces(request, null);
  if (!(await requireTrust())) return undefined;
  const located = await locate(app, title, request.space, request);
  return located === undefined ? undefined : withPlaces(request, { supernet: located.supernet.path, data: located.data.path });
}

/** What the file holds, in words, before anything runs. */
async function confirmed({ machine, version }: App, file: RunFile, name: string): Promise<boolean> {
  const run = vscode.l10n.t("Run Again");
  const here = await machine.known();
  const unknown = vscode.l10n.t("unknown");
  const { foxnas, node, onnxruntime } = file.versions;
  const included = file.inputs.filter((one) => one.included).length;
  const detail = [
    file.title,
    vscode.l10n.t("{0}, seed {1}, {2}", file.kind, file.request.seed, new Date(file.startedAt).toLocaleString()),
    "",
    vscode.l10n.t("Every digest in the file is right: {0} inputs, the request and the result.", countOf(included)),
    ...(needsPlaces(file.request) ? [vscode.l10n.t("The supernet and the data are not in it: you will be asked where they are.")] : []),
    isReproducible(file.kind)
      ? vscode.l10n.t("Afterwards you are told whether the result is the same.")
      : vscode.l10n.t("It measures times: they are taken anew on this machine, and will not be quite the same."),
    "",
    vscode.l10n.t("Made with FOX-NAS {0}, Node.js {1}, onnxruntime {2}.", foxnas ?? unknown, node ?? unknown, onnxruntime ?? unknown),
    vscode.l10n.t("Here are FOX-NAS {0}, Node.js {1}, onnxruntime {2}.", version, process.versions.node, here?.onnxruntime?.version ?? unknown),
  ].join("\n");
  return (await vscode.window.showInformationMessage(vscode.l10n.t("Replay {0}?", name), { modal: true, detail }, run)) === run;
}

/** A run's file of the workspace, or one that is browsed for. */
async function pickFile(title: string): Promise<vscode.Uri | undefined> {
  const uris = await vscode.workspace.findFiles(`**/*${RUN_FILE_ENDING}`, "**/node_modules/**", MAX_FILES);
  const items: PickItem<vscode.Uri | "browse">[] = [
    ...uris.map((uri) => ({ label: `$(history) ${baseName(uri)}`, description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, "..")), value: uri })),
    { label: `$(folder-opened) ${vscode.l10n.t("Browse…")}`, value: "browse" },
  ];
  const answer = await pick<vscode.Uri | "browse">({ title, placeholder: vscode.l10n.t("Which run? Files end in {0}", RUN_FILE_ENDING), items });
  if (answer !== "browse") return answer;
  const filters = { [vscode.l10n.t("Runs")]: ["foxnas-run.json", "json"] };
  const picked = await vscode.window.showOpenDialog({ title, openLabel: vscode.l10n.t("Replay"), filters, defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri });
  return picked?.[0];
}
