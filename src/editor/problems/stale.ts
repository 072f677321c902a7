import { ms, percent } from "../../shared/format.js";
import { t } from "../../shared/l10n.js";
import type { Target } from "../../shared/predictor.js";
import type { Estimate } from "../../shared/results.js";
import { removeMember, replaceValue } from "../edit/member.js";
import { sliceOf } from "../edit/text.js";
import { memberOf, nodeAt, valueAt, type TreeNode } from "../read/tree.js";
import type { Edit, EditorProblem, Figures, Fix, Says } from "../types.js";
import type { Context } from "../context.js";
import { fix, problem } from "./make.js";
import { objectAt } from "./schema.js";

const TARGETS: readonly Target[] = ["accuracy", "latency"];

/** Predicted values in the text that the very predictors they name do not say of these stages. */
export function staleProblems(context: Context): EditorProblem[] {
  const { document, figures } = context;
  if (figures === null || document.config?.predicted === undefined) return [];
  return TARGETS.flatMap((target) => {
    const path = ["predicted", target, "value"];
    const node = nodeAt(document.root, path);
    const now = figures[target];
    if (node === undefined || !namesSame(document.config!.predicted![target], figures.says[target]) || saysSame(document.source.text, node, now.value)) return [];
    const shown = target === "accuracy" ? percent : ms;
    const words = {
      what: target === "accuracy" ? t("the predicted accuracy is not that of these stages: the config, or the predictor, has changed since") : t("the predicted latency is not that of these stages: the config, or the predictor, has changed since"),
      found: shown(document.config!.predicted![target].value),
      expected: shown(now.value),
    };
    return [problem("stale-prediction", "information", { span: node.span, path }, words, [updateFix(context, figures), removeFix(context)])];
  });
}

const namesSame = (predicted: Says | Omit<Says, "title">, says: Says): boolean =>
  predicted.source === says.source && predicted.device === says.device && predicted.resolution === says.resolution;

/** A value as it is written may be rounded. */
function saysSame(text: string, node: TreeNode, value: number): boolean {
  const written = sliceOf(text, node.span);
  const decimals = /^-?\d+(?:\.(\d+))?$/.exec(written)?.[1]?.length ?? 15;
  return node.kind === "scalar" && Math.abs(Number(node.value) - value) <= 0.5 * 10 ** -decimals + 1e-9 * Math.max(1, Math.abs(value));
}

function updateFix({ document }: Context, figures: Figures): Fix | null {
  const { root, source } = document;
  const edits = TARGETS.flatMap((target): (Edit | null)[] => {
    const object = nodeAt(root, ["predicted", target]);
    const [value, interval] = [valueAt(object, "value"), valueAt(object, "interval")];
    if (value === undefined || interval === undefined || !namesSame(document.config!.predicted![target], figures.says[target])) return [];
    return [replaceValue(source.text, value, String(figures[target].value)), ...intervalEdits(source.text, interval, figures[target].interval)];
  });
  return fix(t("Update the predicted values"), edits);
}

/** The numbers of an interval where it keeps its form. */
function intervalEdits(text: string, node: TreeNode, interval: Estimate["interval"]): (Edit | null)[] {
  if (interval !== null && node.kind === "list" && node.items.length === 2) return node.items.map((item, i) => replaceValue(text, item, String(interval[i]!)));
  if (interval === null && node.kind === "scalar") return [];
  return node.kind === "list" && !node.flow ? [null] : [replaceValue(text, node, interval === null ? "null" : `[${interval.join(", ")}]`)];
}

function removeFix({ document: { root, source } }: Context): Fix | null {
  const object = objectAt(root, []);
  const member = memberOf(root ?? undefined, "predicted");
  return object === undefined || member === undefined ? null : fix(t("Remove the predicted values"), removeMember(source.text, object, member));
}
