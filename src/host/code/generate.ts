import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { OnnxRequest } from "../../shared/onnx.js";
import type { App } from "../app.js";
import { targetEditor } from "../found/insert.js";
import { remembering } from "../ask/memory.js";
import { askFile, newFileSteps, requireFolders, type Place } from "../ask/placeFile.js";
import { pickPrecision } from "../ask/precision.js";
import { folderSteps as newFolderSteps, offerFolder, type NewFolder } from "../project/askFolder.js";
import { question, runSteps, type At, type Step } from "../ask/steps.js";
import { requireInside } from "../workspaceFile.js";
import { chooseAbout, editedConfig } from "./choose.js";
import { pickFormat, pickPlace } from "./ask.js";
import { ENDINGS, isText, plainName, previewOf, projectKind, type Format } from "./formats.js";
import { Preview } from "./preview.js";
import { subjectOf, type About, type Subject } from "./subject.js";
import { suggestedName } from "./suggestedName.js";
import { writeOnnx, writeProject, writeText, type TextPlace } from "./write.js";

/** Everything that was asked for; what a format does not need stays as it is. */
interface Answers {
  format: Format;
  text?: TextPlace;
  precision: OnnxRequest["precision"];
  model?: Place;
  project?: NewFolder;
}

interface Remembered {
  format?: Format;
  precision?: OnnxRequest["precision"];
}

/**
 * Asks for a form of an architecture, showing each beside the editor, and where it goes, and writes it there.
 * @param about undefined: the config in the editor, else the person picks
 * @throws InputError, RunFailure
 */
export async function generateCode(app: App, about: About | undefined): Promise<void> {
  const title = vscode.l10n.t("Generate Code");
  const meant = about ?? editedConfig() ?? (await chooseAbout(app.runs, title));
  if (meant === undefined) return;
  const subject = await subjectOf(app, meant, title);
  if (subject === undefined) return;
  const memory = remembering<Remembered>(app.context, "foxnas.codeAnswers");
  const { format = "pytorch", precision = "int8" } = memory.read();
  const answers: Answers = { format, precision };
  const preview = new Preview();
  let done: boolean;
  try {
    done = await runSteps(stepsFor(app, title, subject, answers, preview));
  } finally {
    await preview.close();
  }
  if (!done) return;
  await memory.write({ format: answers.format, precision: answers.precision });
  await write(app, subject, answers);
}

/** The question for the form, which puts those that its answer needs behind itself. */
function stepsFor(app: App, title: string, subject: Subject, answers: Answers, preview: Preview): Step[] {
  const editor = targetEditor();
  const show = (format: Format) => void preview.show(format, () => previewOf(subject, format, app)).catch((error: unknown) => app.report(error));
  const steps: Step[] = [
    question((at) => pickFormat({ title, at, subject, active: answers.format, onActive: show }), (answer) => {
      answers.format = answer;
      const rest = isText(answer) ? textSteps(title, subject, answers, editor) : answer === "onnx" ? modelSteps(title, subject, answers) : projectSteps(title, subject, answers);
      steps.splice(1, steps.length, ...rest);
    }),
  ];
  return steps;
}

function textSteps(title: string, subject: Subject, answers: Answers, editor: vscode.TextEditor | undefined): Step[] {
  // Code in the middle of the config it is made from helps nobody.
  const other = editor?.document.uri.toString() === subject.uri?.toString() ? undefined : editor;
  let folder: vscode.WorkspaceFolder | undefined;
  const nameStep = question(async (at) => askFile({ title, at, folder: folder!, ...(await named(subject, answers.format, folder!)) }), (answer) => (answers.text = { kind: "file", ...answer }));
  return [
    question((at) => pickPlace(title, at, other), (answer) => {
      folder = answer.kind === "file" ? answer.folder : undefined;
      answers.text = answer.kind === "file" ? undefined : answer;
    }),
    async (at) => (folder === undefined ? "skip" : nameStep(at)),
  ];
}

function modelSteps(title: string, subject: Subject, answers: Answers): Step[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const askPrecision = async (at: At) => ((await requireFolders()) === undefined ? undefined : pickPrecision(title, at, answers.precision, vscode.l10n.t("Precision of the model")));
  return [
    question(askPrecision, (answer) => (answers.precision = answer)),
    ...newFileSteps(title, folders, (folder) => named({ ...subject, name: `${subject.name}-${answers.precision}` }, "onnx", folder), (answer) => (answers.model = answer)),
  ];
}

const projectSteps = (title: string, subject: Subject, answers: Answers): Step[] => newFolderSteps(title, () => plainName(subject, answers.format), (answer) => (answers.project = answer));

async function named(subject: Subject, format: Format, folder: vscode.WorkspaceFolder) {
  return { name: await suggestedName(subject, format, folder), ending: ENDINGS[format] };
}

async function write(app: App, subject: Subject, { format, text, precision, model, project }: Answers): Promise<void> {
  const kind = projectKind(format);
  if (isText(format) && text !== undefined) {
    await writeText(app, subject, format, text);
    if (text.kind === "clipboard") void vscode.window.showInformationMessage(vscode.l10n.t("{0} is on the clipboard.", plainName(subject, format)));
  } else if (kind !== undefined && project !== undefined) {
    await requireInside(project.parent, project.folder);
    await writeProject(app, subject, kind, project.folder.fsPath);
    const said = vscode.l10n.t("{0}: a project that trains the network. Next: python train.py --smoke --out runs/smoke, which shows whether everything runs; README.md says the rest.", vscode.workspace.asRelativePath(project.folder));
    // The command is done: what follows waits for a person.
    void offerFolder(project.folder, said, []);
  } else if (format === "onnx" && model !== undefined) {
    const bytes = await writeOnnx(app, subject, precision, model);
    if (bytes !== undefined) void offerModel(model.file, bytes);
  } else {
    throw new InputError({ what: vscode.l10n.t("there is no place to write to") });
  }
}

async function offerModel(file: vscode.Uri, bytes: number): Promise<void> {
  const reveal = vscode.l10n.t("Reveal in Explorer");
  const said = vscode.l10n.t("Exported {0}: {1} MB. Its weights are random: for timing and shape, not for inference.", vscode.workspace.asRelativePath(file), (bytes / 1e6).toFixed(1));
  if ((await vscode.window.showInformationMessage(said, reveal)) === reveal) await vscode.commands.executeCommand("revealInExplorer", file);
}
