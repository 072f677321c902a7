import * as vscode from "vscode";
import type { EditorProblem, Fix } from "../../editor/index.js";
import { rangeOf, type ConfigAnalyses } from "./analyses.js";

const { QuickFix, SourceFixAll } = vscode.CodeActionKind;

/** Quick fixes of the problems at a place, and what else can be done about them. */
export class ConfigCodeActions implements vscode.CodeActionProvider {
  static readonly kinds = [QuickFix, SourceFixAll];

  constructor(private readonly analyses: ConfigAnalyses) {}

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range, { diagnostics, only }: vscode.CodeActionContext, token: vscode.CancellationToken): Promise<vscode.CodeAction[]> {
    const judged = await this.analyses.when(document, token);
    if (judged === undefined) return [];
    const problems = judged.analysis.problems();
    const wanted = (kind: vscode.CodeActionKind) => only === undefined || only.contains(kind);
    const here = problems.filter(({ span }) => range.intersection(rangeOf(document, span)) !== undefined);
    const actions = wanted(QuickFix) ? here.flatMap((problem) => actionsOf(document, problem, diagnostics)) : [];
    const all = wanted(SourceFixAll) && only !== undefined ? fixAll(document, problems) : undefined;
    return all === undefined ? actions : [...actions, all];
  }
}

function actionsOf(document: vscode.TextDocument, problem: EditorProblem, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const about = diagnostics.filter((one) => codeOf(one) === problem.code && one.range.isEqual(rangeOf(document, problem.span)));
  const fixes = problem.fixes.map((fix) => {
    const action = new vscode.CodeAction(fix.title, QuickFix);
    action.edit = editOf(document, [fix]);
    action.isPreferred = fix.preferred;
    action.diagnostics = about;
    return action;
  });
  return [...fixes, ...furtherActions(document.uri, problem.code).map((action) => Object.assign(action, { diagnostics: about }))];
}

/** Commands that help where an edit alone does not. */
function furtherActions(uri: vscode.Uri, code: EditorProblem["code"]): vscode.CodeAction[] {
  const action = (title: string, command: string) => {
    const one = new vscode.CodeAction(title, QuickFix);
    one.command = { title, command, arguments: [uri] };
    return one;
  };
  const choose = () => action(vscode.l10n.t("Choose predictors…"), "foxnas.editor.choosePredictors");
  if (code === "over-budget") return [action(vscode.l10n.t("Optimise from here…"), "foxnas.editor.optimise"), choose()];
  if (code === "resolution" || code === "predictors-space") return [choose()];
  return [];
}

/** Every fix that needs no choice, as one edit; undefined where there is none. */
function fixAll(document: vscode.TextDocument, problems: readonly EditorProblem[]): vscode.CodeAction | undefined {
  const taken: Fix[] = [];
  for (const { fixes, severity } of problems) {
    const fix = fixes.find(({ preferred }) => preferred);
    // Two fixes of one place would mend it twice.
    if (fix !== undefined && severity === "error" && !taken.some((one) => overlap(one, fix))) taken.push(fix);
  }
  if (taken.length === 0) return undefined;
  const action = new vscode.CodeAction(vscode.l10n.t("Fix all problems of the architecture config"), SourceFixAll);
  action.edit = editOf(document, taken);
  return action;
}

function overlap(a: Fix, b: Fix): boolean {
  return a.edits.some((one) => b.edits.some(({ span }) => one.span.start <= span.end && span.start <= one.span.end));
}

function editOf(document: vscode.TextDocument, fixes: readonly Fix[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { span, newText } of fixes.flatMap(({ edits }) => edits)) edit.replace(document.uri, rangeOf(document, span), newText);
  return edit;
}

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}
