import * as vscode from "vscode";
import type { Figures } from "../../editor/index.js";
import { budgetNumber } from "../../shared/format.js";
import { accuracyText, latencyText } from "../format.js";
import type { ConfigAnalyses, Judged } from "./analyses.js";
import { featureOn } from "./features.js";
import type { GitHeads } from "./gitHeads.js";

const TOP = new vscode.Range(0, 0, 0, 0);

/** Above the first line: what is predicted, whether that keeps the budget, and by whom. Above the stages: what can be done with them. One line for all would be cut off in a split editor. */
export class ConfigLenses implements vscode.CodeLensProvider {
  constructor(
    private readonly analyses: ConfigAnalyses,
    private readonly heads: GitHeads,
    /** Other lenses than before may stand above the same text. */
    readonly onDidChangeCodeLenses: vscode.Event<void>,
  ) {}

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    if (!featureOn("codeLens", document.uri)) return [];
    const judged = await this.analyses.when(document, token);
    if (judged === undefined) return [];
    const { uri } = document;
    this.heads.begin();
    const lensAt = (range: vscode.Range) => (title: string, command: string, tooltip: string) => new vscode.CodeLens(range, { title, command, tooltip, arguments: [uri] });
    const [top, lens] = [lensAt(TOP), lensAt(stagesOf(judged, document))];
    const figures = judged.analysis.figures();
    const says = figures === null ? (judged.analysis.unavailable() ?? "") : figuresText(figures);
    return [
      top(says, "foxnas.editor.explain", vscode.l10n.t("Explain where these figures come from")),
      ...(judged.about === null ? [] : [top(predictorsText(judged), "foxnas.editor.choosePredictors", predictorsTip(judged))]),
      ...(figures === null ? [] : actionsOn(lens)),
      ...(this.heads.has(uri) ? [lens(vscode.l10n.t("Compare with HEAD"), "foxnas.compare.head", vscode.l10n.t("What has changed since the last commit, block by block, with its price"))] : []),
      ...(judged.analysis.document.config === null ? [] : [lens(vscode.l10n.t("Generate code…"), "foxnas.code.generate", vscode.l10n.t("This architecture as PyTorch, Keras, a dict for Once-for-All, YAML or ONNX"))]),
    ];
  }
}

/** Where the stages begin; the first line where there are none. */
function stagesOf({ analysis: { document: read } }: Judged, document: vscode.TextDocument): vscode.Range {
  const key = read.keySpan(["stages"]);
  return key === undefined ? TOP : new vscode.Range(document.positionAt(key.start), document.positionAt(key.end));
}

function actionsOn(lens: (title: string, command: string, tooltip: string) => vscode.CodeLens): vscode.CodeLens[] {
  return [
    lens(vscode.l10n.t("Explain"), "foxnas.editor.explain", vscode.l10n.t("Which stage buys accuracy, which costs time, and what one more millisecond would buy")),
    lens(vscode.l10n.t("Measure"), "foxnas.editor.measure", vscode.l10n.t("Measure this architecture on this machine")),
    lens(vscode.l10n.t("Optimise from here"), "foxnas.editor.optimise", vscode.l10n.t("Search for the most accurate architecture that takes no longer")),
  ];
}

/** `75.55 % at 119.4 ms, 0.6 ms under 120 ms`: a sentence also for the ear. */
export function figuresText({ accuracy, latency, verdict }: Figures): string {
  const values = [accuracyText(accuracy.value), latencyText(latency.value)] as const;
  if (verdict === null) return vscode.l10n.t("{0} % at {1} ms predicted", ...values);
  const { budget, room, within } = verdict;
  const [limit, apart] = [budgetNumber(budget), roomText(room)];
  return within
    ? vscode.l10n.t("{0} % at {1} ms predicted, {2} ms under the budget of {3} ms", ...values, apart, limit)
    : vscode.l10n.t("{0} % at {1} ms predicted, {2} ms over the budget of {3} ms", ...values, apart, limit);
}

/** `Predictors: ImageNet top-1; Raspberry Pi 4`: the first part of a name has to do, a line is short. */
function predictorsText({ pair: { accuracy, latency } }: Judged): string {
  const name = (entry: typeof accuracy) => (entry === null ? vscode.l10n.t("none") : nameOf(entry).split(",", 1)[0]!);
  return vscode.l10n.t("Predictors: {0}; {1}", name(accuracy), name(latency));
}

/** The whole names, for whoever points there. */
function predictorsTip({ pair: { accuracy, latency } }: Judged): string {
  const name = (entry: typeof accuracy) => (entry === null ? vscode.l10n.t("none") : nameOf(entry));
  return vscode.l10n.t("Accuracy: {0}. Latency: {1}. Choose others", name(accuracy), name(latency));
}

const nameOf = ({ content: { title, device }, source }: NonNullable<Judged["pair"]["accuracy"]>): string => title ?? device ?? source.name;

/** Room in ms with so many digits that it is not nothing. */
function roomText(room: number): string {
  const size = Math.abs(room);
  return size.toFixed(size < 0.1 ? 2 : 1);
}
