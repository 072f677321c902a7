import type { Block, Stage } from "../../engine/architecture.js";
import { requireArchitecture } from "../../engine/architecture.js";
import { ms, percent } from "../../shared/format.js";
import { t } from "../../shared/l10n.js";
import type { Context } from "../context.js";
import { nodeAt, numberOf, valueAt, type TreeNode } from "../read/tree.js";
import { paragraphs, table, whoSays } from "../say/markdown.js";
import { partText, priceText } from "../words.js";

/** What a choice is said to cost and bring. */
export interface Said {
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
}
const NOTHING: Said = { detail: "", documentation: "" };

/**
 * Prices of a text with one stage's blocks changed: against the text as it stands where that lies in its space, else by
 * themselves; nothing where the outcome lies outside, or no predictors speak of it.
 */
export class Pricing {
  private readonly stages: readonly Stage[];

  constructor(private readonly context: Context) {
    this.stages = stagesOf(context.document.root);
  }

  blocks(stage: number): readonly Block[] {
    return this.stages[stage]?.blocks ?? [];
  }

  /** @param stage index in the text */
  of(stage: number, blocks: readonly Block[]): Said {
    const { models, space } = this.context;
    const stages = this.stages.with(stage, { ...this.stages[stage]!, blocks });
    if (models === null || space === null || !liesIn(this.context, stages)) return NOTHING;
    const { architecture } = this.context;
    if (architecture === null) {
      const { accuracy, latency } = models;
      return { detail: `${percent(accuracy.predictor.value(stages))} · ${ms(latency.predictor.value(stages))}`, documentation: whoSays({ accuracy: accuracy.says, latency: latency.says }) };
    }
    return this.difference(architecture.stages, stages);
  }

  private difference(from: readonly Stage[], to: readonly Stage[]): Said {
    const { accuracy, latency } = this.context.models!;
    const [value, time] = [accuracy, latency].map(({ explained, predictor }) => explained?.explainer.difference(from, to) ?? { value: predictor.value(to) - predictor.value(from), interval: null });
    const price = { accuracy: value!, latency: time! };
    const row = [t("against what stands here"), partText(price.accuracy, "pp"), partText(price.latency, "ms")];
    return { detail: priceText(price), documentation: paragraphs(table(["", t("accuracy"), t("latency")], [row]), whoSays({ accuracy: accuracy.says, latency: latency.says })) };
  }
}

function liesIn({ space }: Context, stages: readonly Stage[]): boolean {
  try {
    requireArchitecture(space!, { stages });
    return true;
  } catch {
    return false;
  }
}

/** As written; NaN for what is no number. */
function stagesOf(root: TreeNode | null): Stage[] {
  const list = nodeAt(root, ["stages"]);
  const items = (node: TreeNode | undefined) => (node?.kind === "list" ? node.items : []);
  const number = (node: TreeNode, key: string) => numberOf(valueAt(node, key)) ?? Number.NaN;
  return items(list).map((stage) => ({
    width: number(stage, "width"),
    blocks: items(valueAt(stage, "blocks")).map((block) => ({ expand: number(block, "expand"), kernel: number(block, "kernel") })),
  }));
}
