import * as vscode from "vscode";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { InputError } from "../../shared/errors.js";
import { readConfig } from "../../shared/files/index.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Source } from "../../shared/source.js";
import type { Space } from "../../shared/space.js";
import type { Entry } from "../library.js";
import { pick } from "../ask/steps.js";
import type { ConfigAnalyses } from "./analyses.js";
import { isConfig } from "./configFiles.js";

/** A config as it stands in its editor, saved or not, with what it is judged by. */
export interface MeantConfig {
  document: vscode.TextDocument;
  source: Source;
  config: ArchitectureConfig;
  space: Entry<Space>;
  accuracy: Entry<PredictorFile> | null;
  latency: Entry<PredictorFile> | null;
  /** ms: the config's own, else the setting's; null: none. */
  budget: number | null;
}

const MAX_FILES = 200;

/**
 * The config document that a command means: of a lens or a menu, of the active editor, or picked among the workspace's.
 * Undefined where the person picked none.
 */
export async function meantDocument(uri: unknown, title: string): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (uri instanceof vscode.Uri) return vscode.workspace.openTextDocument(uri);
  if (active !== undefined && isConfig(active)) return active;
  const files = await vscode.workspace.findFiles("**/*.foxnas.{json,yaml,yml}", "**/node_modules/**", MAX_FILES);
  const open = vscode.workspace.textDocuments.filter((one) => isConfig(one) && one.isUntitled).map((one) => one.uri);
  if (files.length + open.length === 0) {
    throw new InputError({ what: vscode.l10n.t("there is no architecture config yet"), expected: vscode.l10n.t("a *.foxnas.json or *.foxnas.yaml file"), next: vscode.l10n.t("Search an architecture and insert its config.") });
  }
  const items = [...open, ...files].sort((a, b) => a.path.localeCompare(b.path)).map((one) => ({ label: vscode.workspace.asRelativePath(one), value: one }));
  const answer = await pick<vscode.Uri>({ title, placeholder: vscode.l10n.t("Which architecture config?"), items });
  return answer === undefined ? undefined : vscode.workspace.openTextDocument(answer);
}

/** Reads a config document as it stands. Throws InputError where it is no config, or its space is not known. */
export async function readMeant(document: vscode.TextDocument, analyses: ConfigAnalyses): Promise<MeantConfig> {
  await analyses.ready();
  const { surroundings } = analyses;
  const source = { name: vscode.workspace.asRelativePath(document.uri), text: document.getText() };
  const config = readConfig(source);
  const { space: id, resolution, predicted } = config;
  const space = surroundings.spaceEntry(id);
  if (space === undefined) {
    throw new InputError({ what: vscode.l10n.t("the search space is not known"), file: source.name, field: "space", found: id, expected: [...surroundings.spaces.keys()].join(", ") });
  }
  const budget = config.provenance?.budget ?? surroundings.budget(document.uri);
  return { document, source, config, space, budget, ...surroundings.predictors({ space: id, resolution, predicted }) };
}

/** A config with both its predictors. */
export type JudgedConfig = MeantConfig & { accuracy: Entry<PredictorFile>; latency: Entry<PredictorFile> };

/** Throws InputError where a predictor is missing. */
export function requirePredictors(meant: MeantConfig): JudgedConfig {
  const { accuracy, config, source } = meant;
  const judged = requireLatency(meant);
  if (accuracy !== null) return { ...judged, accuracy };
  throw new InputError({
    ...{ what: vscode.l10n.t("there is no accuracy predictor for the config"), file: source.name, expected: wantedText(config) },
    next: vscode.l10n.t("Evaluate a supernet, or fit a predictor to samples of this space."),
  });
}

/** Throws InputError where there is no latency predictor. */
export function requireLatency(meant: MeantConfig): MeantConfig & Pick<JudgedConfig, "latency"> {
  const { latency, config, source } = meant;
  if (latency !== null) return { ...meant, latency };
  throw new InputError({
    ...{ what: vscode.l10n.t("there is no latency predictor for the config"), file: source.name, expected: wantedText(config) },
    next: vscode.l10n.t("Profile this device, or fit a predictor to samples of this space."),
  });
}

const wantedText = ({ space, resolution }: ArchitectureConfig): string => vscode.l10n.t("one for {0} at {1} px", space, resolution);
