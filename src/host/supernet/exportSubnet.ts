import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { configText, readConfig } from "../../shared/files/index.js";
import type { Source } from "../../shared/source.js";
import type { SubnetRequest, SubnetResult } from "../../shared/supernet.js";
import type { App } from "../app.js";
import { configFiles, spaceNamedBy } from "../start/benchCandidates.js";
import { jobWithProgress } from "../jobProgress.js";
import { readSource } from "../library.js";
import { remembering } from "../ask/memory.js";
import { newFileSteps, requireFolders, type Place } from "../ask/placeFile.js";
import { AGAIN, pick, question, runSteps, type At, type Back, type Step } from "../ask/steps.js";
import { writeBytesInWorkspace } from "../workspaceFile.js";
import { pickData, pickSupernet } from "./choices.js";
import { configOfFinalist, meantFinalist, type AboutFinalist } from "./finishedFinalists.js";
import { inspect, sizeText, type Inspected } from "./inspect.js";
import { rememberPlaces } from "./places.js";
import { accuracySettings, CALIBRATION_IMAGES } from "./settings.js";
import { requireTrust } from "./trust.js";

/** What a subnet is cut from, and how it is calibrated. */
type Origin = Omit<SubnetRequest, "kind" | "config" | "format" | "precision" | "version">;

interface Subnet {
  config: Source;
  /** Of the file, without ending. */
  name: string;
  /** Known where the subnet was measured; else supernet and data are asked for. */
  origin: Origin | undefined;
  space: Source;
}

/** The three forms a subnet is written in. */
const FORMS = ["onnx fp32", "onnx int8", "safetensors"] as const;
type Form = (typeof FORMS)[number];

interface Remembered {
  form?: Form;
  supernet?: string;
  data?: string;
}

const TITLE = vscode.l10n.t("Export Subnet with Weights");

/**
 * Cuts a subnet out of its supernet and writes it with its weights into the workspace.
 * @param about a config file, a finalist of a run; undefined: the person picks a config
 * @throws InputError, RunFailure
 */
export async function exportSubnet(app: App, about: vscode.Uri | AboutFinalist | undefined): Promise<void> {
  if (!(await requireTrust())) return;
  const info = await app.machine.requireRuntime();
  const folders = await requireFolders();
  if (folders === undefined) return;
  const subnet = about === undefined || about instanceof vscode.Uri ? await ofConfig(app, about) : await ofFinalist(app, about);
  if (subnet === undefined) return;
  const memory = remembering<Remembered>(app.context, "foxnas.subnetAnswers");
  const remembered = memory.read();
  const answers = await ask(app, subnet, folders, remembered, accuracySettings(info));
  if (answers === undefined) return;
  await memory.write(remembered);
  const { origin, form, place } = answers;
  await rememberPlaces(app.context, origin.supernet, origin.data);
  const request = subnetRequest(subnet.config, origin, form, app.version);
  const file = vscode.workspace.asRelativePath(place.file);
  const made = await jobWithProgress<"subnet">(request, { title: vscode.l10n.t("Writing {0}", file), workerPath: app.workerPath, log: app.log });
  if (made === undefined || !(await writeBytesInWorkspace(place.folder, place.file, Buffer.from(made.model, "base64")))) return;
  app.log.info(`exported ${file}: ${made.bytes} bytes, sha256 ${made.digest}, ${made.weights}`);
  // The command is done: what follows waits for a person.
  void offerFile(place.file, exportedText(file, made, form));
}

/** The job that writes a subnet. */
export function subnetRequest(config: Source, origin: Origin, form: Form, version: string): SubnetRequest {
  return { kind: "subnet", config, ...origin, format: form === "safetensors" ? "safetensors" : "onnx", precision: form === "onnx int8" ? "int8" : "fp32", version };
}

async function ofFinalist(app: App, about: AboutFinalist): Promise<Subnet | undefined> {
  const meant = await meantFinalist(app.runs, about, TITLE);
  if (meant === undefined) return undefined;
  const { config, name } = configOfFinalist(meant, app.version, new Date().toISOString());
  const { space, supernet, data, calibrationImages, ranges, threads, seed } = meant.record.request;
  return { config: { name: `${name}.foxnas.json`, text: configText(config, "json") }, name, space, origin: { space, supernet, data, calibrationImages, ranges, threads, seed } };
}

async function ofConfig(app: App, uri: vscode.Uri | undefined): Promise<Subnet | undefined> {
  const file = uri ?? (await chooseConfig());
  if (file === undefined) return undefined;
  const config = await readSource(file, "json");
  const space = await spaceNamedBy(config, readConfig(config).space, app.library);
  return { config, name: config.name.split("/").at(-1)!.replace(/\.foxnas\.(json|ya?ml)$/, ""), space, origin: undefined };
}

async function chooseConfig(): Promise<vscode.Uri | undefined> {
  const files = await configFiles();
  if (files.length === 0) throw new InputError({ what: vscode.l10n.t("there is no architecture config in the workspace"), expected: vscode.l10n.t("*.foxnas.json or *.foxnas.yaml"), next: vscode.l10n.t("Search, and insert what was found.") });
  const items = files.map((value) => ({ label: vscode.workspace.asRelativePath(value), value }));
  return pick<vscode.Uri>({ title: TITLE, placeholder: vscode.l10n.t("Which architecture?"), items });
}

interface Answers {
  origin: Origin;
  form: Form;
  place: Place;
}

async function ask(app: App, subnet: Subnet, folders: readonly vscode.WorkspaceFolder[], remembered: Remembered, settings: ReturnType<typeof accuracySettings>): Promise<Answers | undefined> {
  let form: Form = remembered.form ?? "onnx int8";
  let { origin } = subnet;
  let place: Place | undefined;
  const named = () => {
    const ending = form === "safetensors" ? ".safetensors" : ".onnx";
    const name = form === "safetensors" ? subnet.name : `${subnet.name}-${form === "onnx int8" ? "int8" : "fp32"}`;
    return { name: name + ending, ending };
  };
  const steps: Step[] = [
    ...(origin === undefined
      ? originSteps(app, subnet.space, remembered, ({ supernet, data, cards }) => {
          origin = { space: subnet.space, supernet, data, calibrationImages: Math.min(CALIBRATION_IMAGES, cards.data.calibration), ...settings };
        })
      : []),
    question((at) => pickForm(at, form), (answer) => (remembered.form = form = answer)),
    ...newFileSteps(TITLE, folders, named, (answer) => (place = answer)),
  ];
  if (!(await runSteps(steps)) || place === undefined || origin === undefined) return undefined;
  return { origin, form, place };
}

/** Supernet and data, which the worker then reads. */
function originSteps(app: App, space: Source, remembered: Remembered, set: (inspected: Inspected) => void): Step[] {
  let supernet = "";
  const placeholder = vscode.l10n.t("Data whose calibration images batch-norm is recalibrated on");
  return [
    question((at) => pickSupernet({ title: TITLE, at, remembered: remembered.supernet }), (answer) => (remembered.supernet = supernet = answer)),
    question((at) => pickData(supernet, { title: TITLE, at, placeholder, remembered: remembered.data }), async (answer) => {
      remembered.data = answer;
      try {
        const inspected = await inspect(app, space, supernet, answer);
        return inspected === undefined ? AGAIN : set(inspected);
      } catch (error) {
        void app.report(error);
        return AGAIN;
      }
    }),
  ];
}

function pickForm(at: At, active: Form): Promise<Form | Back | undefined> {
  const texts: Record<Form, [string, string]> = {
    "onnx int8": [vscode.l10n.t("ONNX, int8"), vscode.l10n.t("Quantised to 8 bits, ranges from the calibration images: the fastest form on a CPU, as a rule.")],
    "onnx fp32": [vscode.l10n.t("ONNX, float32"), vscode.l10n.t("Batch-norm folded into the convolutions.")],
    safetensors: [vscode.l10n.t("PyTorch state dict"), vscode.l10n.t("A .safetensors file for the plain network of a supernet project: to train on, or to export from there.")],
  };
  return pick<Form>({
    title: TITLE,
    at,
    placeholder: vscode.l10n.t("Form of the file"),
    items: FORMS.map((value) => ({ label: texts[value][0], detail: texts[value][1], value })),
    active: (value) => value === active,
  });
}

function exportedText(file: string, { bytes, weights }: SubnetResult, form: Form): string {
  const kind = form === "safetensors" ? vscode.l10n.t("float32 state dict") : form === "onnx int8" ? "int8" : "float32";
  return vscode.l10n.t("Exported {0}: {1}, {2}. Weights: {3}.", file, sizeText(bytes), kind, weights);
}

async function offerFile(file: vscode.Uri, text: string): Promise<void> {
  const reveal = vscode.l10n.t("Reveal in Explorer");
  if ((await vscode.window.showInformationMessage(text, reveal)) === reveal) await vscode.commands.executeCommand("revealInExplorer", file);
}
