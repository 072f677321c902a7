import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import type { Source } from "../../shared/source.js";
import type { App } from "../app.js";
import type { CommandTable } from "../commandTable.js";
import { isConfig } from "../editor/configFiles.js";
import { baseName } from "../library.js";
import { headSide } from "./head.js";
import { meantConfigUri, pickConfig } from "./pickConfigs.js";
import { documentSide, textSide } from "./sides.js";

/** Commands that compare two architectures. */
export const COMPARE_COMMANDS: CommandTable = {
  "foxnas.compare.configs": (app, uri?: unknown, uris?: unknown) => compareConfigs(app, uri, uris),
  "foxnas.compare.selectFirst": (app, uri?: unknown) => selectFirst(app, uri),
  "foxnas.compare.withSelected": (app, uri?: unknown) => withSelected(app, uri),
  "foxnas.compare.head": (app, uri?: unknown) => compareWithHead(app, uri),
  "foxnas.compare.diff": (app) => compareDiff(app),
  "foxnas.compare.copyMarkdown": ({ comparisons }) => comparisons.copyMarkdown(),
  "foxnas.compare.swap": ({ comparisons }) => comparisons.swap(),
};

/** Shows how two architectures differ, of whatever origin: what each is called, and its config's text. */
export async function compareArchitectures(app: App, left: { title: string; source: Source }, right: { title: string; source: Source }): Promise<void> {
  await app.comparisons.open(app, textSide(left), textSide(right));
}

const compareFiles = async (app: App, a: vscode.Uri, b: vscode.Uri): Promise<void> => {
  await app.comparisons.open(app, documentSide(a), documentSide(b));
};

/** The two selected configs of the explorer; from the palette both are picked. Throws InputError. */
async function compareConfigs(app: App, uri: unknown, uris: unknown): Promise<void> {
  const title = vscode.l10n.t("Compare Architecture Configs");
  const selected = Array.isArray(uris) ? uris.filter((one): one is vscode.Uri => one instanceof vscode.Uri && isConfig({ uri: one })) : [];
  if (selected.length > 2) throw new InputError({ what: vscode.l10n.t("more than two configs are selected"), found: `${selected.length}`, expected: "2", next: vscode.l10n.t("Select two, and compare again.") });
  const first = selected[0] ?? (uri instanceof vscode.Uri ? uri : await pickConfig(title, vscode.l10n.t("A: which config is compared?")));
  if (first === undefined) return;
  const second = selected[1] ?? (await pickConfig(title, vscode.l10n.t("B: with which config is {0} compared?", baseName(first)), first));
  if (second !== undefined) await compareFiles(app, first, second);
}

async function selectFirst({ comparisons }: App, uri: unknown): Promise<void> {
  const title = vscode.l10n.t("Select for Architecture Comparison");
  const meant = meantConfigUri(uri) ?? (await pickConfig(title, vscode.l10n.t("A: which config is compared?")));
  if (meant === undefined) return;
  await comparisons.selectFirst(meant);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("FOX-NAS: {0} is A; compare another config with it.", baseName(meant)), 5000);
}

async function withSelected(app: App, uri: unknown): Promise<void> {
  const { first } = app.comparisons;
  if (first === undefined) throw new InputError({ what: vscode.l10n.t("no config is selected for comparison yet"), next: vscode.l10n.t("Select one first: FOX-NAS: Select for Architecture Comparison.") });
  const title = vscode.l10n.t("Compare Architecture Configs");
  const second = meantConfigUri(uri) ?? (await pickConfig(title, vscode.l10n.t("B: with which config is {0} compared?", baseName(first)), first));
  if (second !== undefined) await compareFiles(app, first, second);
}

/** A config as it stands against the last commit. Throws InputError where there is no such version. */
async function compareWithHead(app: App, uri: unknown): Promise<void> {
  const title = vscode.l10n.t("Compare Architecture with HEAD");
  const meant = meantConfigUri(uri) ?? (await pickConfig(title, vscode.l10n.t("Which config is compared with the last commit?")));
  if (meant !== undefined) await app.comparisons.open(app, await headSide(meant), documentSide(meant));
}

/** The two sides of the diff editor in front. Throws InputError where there is none, or not of configs. */
async function compareDiff(app: App): Promise<void> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputTextDiff)) throw new InputError({ what: vscode.l10n.t("the active editor shows no difference"), next: vscode.l10n.t("Open the difference of two configs first.") });
  const { original, modified } = input;
  const other = [original, modified].find((uri) => !isConfig({ uri }));
  if (other !== undefined) throw new InputError({ what: vscode.l10n.t("one side of the difference is no architecture config"), found: baseName(other), expected: vscode.l10n.t("*.foxnas.json or *.foxnas.yaml") });
  await compareFiles(app, original, modified);
}
