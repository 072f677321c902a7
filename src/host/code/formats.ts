import { join } from "node:path";
import * as vscode from "vscode";
import { codeText, moduleName, outlineText, projectFiles, type Origin, type ProjectFile, type ProjectKind } from "../../codegen/index.js";
import { textsOf } from "../../runs/newFolder.js";
import { configText } from "../../shared/files/index.js";
import type { App } from "../app.js";
import type { Subject } from "./subject.js";

/** Forms that an architecture is written in. */
export const FORMATS = ["json", "yaml", "python", "pytorch", "keras", "onnx", "pytorch-project", "keras-project"] as const;
export type Format = (typeof FORMATS)[number];
export type TextFormat = Exclude<Format, "onnx" | `${string}-project`>;

/** What a writer needs to know of the program. */
export type Program = Pick<App, "version" | "context">;

/** Of a file that says where it comes from. */
const originOf = ({ source }: Subject, version: string): Origin => ({ file: source.name, version });

export const projectKind = (format: Format): ProjectKind | undefined => (format === "pytorch-project" ? "pytorch" : format === "keras-project" ? "keras" : undefined);

/** Whether a form is one text. */
export const isText = (format: Format): format is TextFormat => format !== "onnx" && projectKind(format) === undefined;

/** Ending that a file of the form has; none for a project's folder. */
export const ENDINGS: Record<Format, string> = {
  json: ".foxnas.json",
  yaml: ".foxnas.yaml",
  python: ".py",
  pytorch: ".py",
  keras: ".py",
  onnx: ".onnx",
  "pytorch-project": "",
  "keras-project": "",
};

/** Language of the text in an editor. */
export const LANGUAGES: Record<TextFormat, string> = { json: "json", yaml: "yaml", python: "python", pytorch: "python", keras: "python" };

/** Name of a new file or folder by itself: snake case for what Python imports. */
export function plainName(subject: Subject, format: Format): string {
  const { name, source, space } = subject;
  const module = moduleName(source.name, space.id);
  const kind = projectKind(format);
  if (kind !== undefined) return `${module.replaceAll("_", "-")}-${kind}`;
  if (ENDINGS[format] !== ".py") return name + ENDINGS[format];
  return `${module}${format === "python" ? "_arch" : ""}.py`;
}

/** @throws InputError as `codeText` */
export function textOfFormat(subject: Subject, format: TextFormat, version: string): string {
  const { config, space } = subject;
  return format === "json" || format === "yaml" ? configText(config, format) : codeText(config, space, format, originOf(subject, version));
}

/** The files of a project, with the templates of the installed extension. */
export async function filesOfProject(subject: Subject, kind: ProjectKind, { version, context }: Program): Promise<ProjectFile[]> {
  const template = await textsOf(join(context.extensionPath, "media", "templates", kind));
  return projectFiles(subject.config, subject.space, kind, originOf(subject, version), template);
}

/** What is shown of a form before it is written. */
export interface Shown {
  /** Of the preview's tab; its ending says the language. */
  name: string;
  text: string;
}

/** The text itself; of a model what it holds, of a project its files and its README. */
export async function previewOf(subject: Subject, format: Format, program: Program): Promise<Shown> {
  const name = plainName(subject, format);
  const kind = projectKind(format);
  if (kind !== undefined) return { name: `${name}.md`, text: projectPreview(name, await filesOfProject(subject, kind, program)) };
  if (format === "onnx") return { name: `${name}.txt`, text: outlineText(subject.config, subject.space, originOf(subject, program.version)) };
  return { name, text: textOfFormat(subject, format as TextFormat, program.version) };
}

function projectPreview(name: string, files: readonly ProjectFile[]): string {
  const width = Math.max(...files.map((file) => file.name.length));
  const rows = files.map((file) => `    ${file.name.padEnd(width)}  ${vscode.l10n.t("{0} lines", file.text.split("\n").length - 1)}`);
  return [`${name}/`, "", ...rows, "", files.find((file) => file.name === "README.md")!.text].join("\n");
}
