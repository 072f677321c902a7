import * as vscode from "vscode";
import { FORMS } from "../../shared/forms.js";
import type { Target } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import { pickSpace } from "../ask/choices.js";
import { askResolution } from "../ask/resolution.js";
import type { Entry, Library } from "../library.js";
import { input, pick, question, runSteps, type At, type Back } from "../ask/steps.js";

/** What the samples are, and how to fit them. */
export interface FitAnswers {
  csv: vscode.Uri;
  space: Entry<Space>;
  target: Target;
  form: string;
  /** Empty when the person did not say. */
  device: string;
  /** px */
  resolution: number;
}

interface FitWizardParts {
  library: Library;
  report: (error: unknown) => Promise<void>;
}

/** CSV file (unless given), space, target, form, device, resolution; undefined when the person gave up. */
export async function askFit({ library, report }: FitWizardParts, title: string, csv?: vscode.Uri): Promise<FitAnswers | undefined> {
  const state: Partial<FitAnswers> = { csv };
  const set = <K extends keyof FitAnswers>(key: K, ask: (at: At) => Promise<FitAnswers[K] | Back | undefined>) => question<FitAnswers[K]>(ask, (answer) => (state[key] = answer));
  const steps = [
    ...(csv === undefined ? [set("csv", (at) => pickCsv(title, at))] : []),
    set("space", (at) => pickSpace(library, { title, at, report, remembered: state.space?.key })),
    set("target", (at) => pickTarget(title, at, state.target)),
    set("form", (at) => pickForm(title, at, state.target!, state.form)),
    set("device", (at) => askDevice(title, at, state.target!, state.device ?? "")),
    set("resolution", (at) => askResolution({ title, at, prompt: vscode.l10n.t("Resolution of the samples in pixels"), proposed: state.resolution ?? state.space!.content.resolutions[0]! })),
  ];
  return (await runSteps(steps)) ? (state as FitAnswers) : undefined;
}

async function pickCsv(title: string, at: At): Promise<vscode.Uri | Back | undefined> {
  const files = await vscode.workspace.findFiles("**/*.csv", "**/node_modules/**", 200);
  const answer = await pick<vscode.Uri | "browse">({
    title,
    at,
    placeholder: vscode.l10n.t("Samples: a CSV file with a header, one architecture a row"),
    items: [
      ...files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri })),
      { label: `$(folder-opened) ${vscode.l10n.t("Browse…")}`, value: "browse" as const },
    ],
  });
  if (answer !== "browse") return answer;
  const picked = await vscode.window.showOpenDialog({ title, filters: { CSV: ["csv"] }, openLabel: vscode.l10n.t("Use") });
  return picked?.[0];
}

function pickTarget(title: string, at: At, active: Target | undefined) {
  return pick<Target>({
    title,
    at,
    placeholder: vscode.l10n.t("What was measured?"),
    items: [
      { label: vscode.l10n.t("Accuracy"), description: "%", detail: vscode.l10n.t("Column acc"), value: "accuracy" },
      { label: vscode.l10n.t("Latency"), description: "ms", detail: vscode.l10n.t("Column latency"), value: "latency" },
    ],
    active: (target) => target === active,
  });
}

function pickForm(title: string, at: At, target: Target, active: string | undefined) {
  return pick<string>({
    title,
    at,
    placeholder: vscode.l10n.t("Form of the predictor"),
    items: FORMS[target].map((form) => ({ label: form.title, description: form.name, detail: form.detail, value: form.name })),
    active: (form) => form === active,
  });
}

function askDevice(title: string, at: At, target: Target, value: string) {
  return input<string>({
    title,
    at,
    value,
    prompt: vscode.l10n.t("Device the samples were measured on, with its precision. It is shown beside every predicted number."),
    placeholder: "Raspberry Pi 4 CPU, int8",
    advise: (text) => {
      const device = text.trim();
      if (device !== "" || target === "accuracy") return { value: device };
      return { message: vscode.l10n.t("A latency without its device misleads: name it.") };
    },
  });
}
