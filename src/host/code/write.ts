import * as vscode from "vscode";
import { makeFolder } from "../../runs/newFolder.js";
import type { OnnxRequest } from "../../shared/onnx.js";
import type { App } from "../app.js";
import { insertAtCursor } from "../found/insert.js";
import { jobWithProgress } from "../jobProgress.js";
import type { Place } from "../ask/placeFile.js";
import { writeBytesInWorkspace, writeInWorkspace } from "../workspaceFile.js";
import { filesOfProject, LANGUAGES, textOfFormat, type TextFormat } from "./formats.js";
import type { Subject } from "./subject.js";
import type { ProjectKind } from "../../codegen/index.js";

/** Where a text goes. */
export type TextPlace = ({ kind: "file" } & Place) | { kind: "cursor"; editor: vscode.TextEditor } | { kind: "untitled" } | { kind: "clipboard" };

type Confirm = Parameters<typeof writeInWorkspace>[4];

/** Writes a text format there. A file that exists is replaced only after a question. Throws InputError. */
export async function writeText({ version, column }: Pick<App, "version" | "column">, subject: Subject, format: TextFormat, place: TextPlace, confirm?: Confirm): Promise<void> {
  const text = textOfFormat(subject, format, version);
  if (place.kind === "file") await writeInWorkspace(place.folder, place.file, text, column(), confirm);
  else if (place.kind === "cursor") await insertAtCursor(place.editor, text);
  else if (place.kind === "clipboard") await vscode.env.clipboard.writeText(text);
  else await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: LANGUAGES[format], content: text }), { viewColumn: column(), preview: false });
}

/** Writes a project into a new folder, all of it or nothing. Throws InputError. */
export async function writeProject({ version, context }: Pick<App, "version" | "context">, subject: Subject, kind: ProjectKind, folder: string): Promise<void> {
  await makeFolder(folder, await filesOfProject(subject, kind, { version, context }));
}

/** Writes an ONNX model; answers its size in bytes, undefined where the person cancelled or kept what was there. Throws InputError, RunFailure. */
export async function writeOnnx(app: Pick<App, "version" | "workerPath" | "log">, subject: Subject, precision: OnnxRequest["precision"], { folder, file }: Place, confirm?: Confirm): Promise<number | undefined> {
  const name = vscode.workspace.asRelativePath(file);
  const request = { kind: "onnx" as const, config: subject.source, space: subject.spaceSource, precision, seed: subject.seed, version: app.version };
  const made = await jobWithProgress<"onnx">(request, { title: vscode.l10n.t("Writing {0}", name), workerPath: app.workerPath, log: app.log });
  if (made === undefined || !(await writeBytesInWorkspace(folder, file, Buffer.from(made.model, "base64"), confirm))) return undefined;
  app.log.info(`exported ${name}: ${made.bytes} bytes, sha256 ${made.digest}`);
  return made.bytes;
}
