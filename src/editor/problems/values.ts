import type { Stage } from "../../engine/architecture.js";
import { configOf, configText, type ConfigFormat, type Path } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { Space, StageSpace } from "../../shared/space.js";
import { scalarText } from "../edit/member.js";
import { Renderer } from "../edit/render.js";
import { nodeAt, numberOf, valueAt, type TreeNode } from "../read/tree.js";
import { nearestWords } from "../words.js";
import type { Context } from "../context.js";
import { smallestStage } from "./stages.js";

/** A value that may stand at a place, as text and by name. */
export interface Value {
  readonly text: string;
  readonly label: string;
}

/** Values that a field may have, the likeliest first; empty where nobody can know. */
export function valuesFor(context: Context, path: Path): Value[] {
  const { document } = context;
  const stage = path[0] === "stages" && typeof path[1] === "number" ? stageAt(context, path[1]) : undefined;
  const field = path.filter((key) => typeof key !== "number").join(".");
  const numbers = (values: readonly number[]) => values.map((value) => ({ text: String(value), label: String(value) }));
  switch (field) {
    case "version":
      return numbers([1]);
    case "space":
      return likelySpaces(context).map((id) => ({ text: scalarText(id, document.format), label: id }));
    case "resolution":
      return numbers(resolutions(context));
    case "stages":
      return context.space === null ? [] : [smallestStages(context.space, isFlow(document.root) ? "json" : document.format)];
    case "stages.width":
      return stage === undefined ? [] : numbers([stage.width]);
    case "stages.blocks":
      return stage === undefined ? [] : [smallestBlocks(context, stage)];
    case "stages.blocks.expand":
      return stage === undefined ? [] : numbers(stage.expand);
    case "stages.blocks.kernel":
      return stage === undefined ? [] : numbers(stage.kernel);
    default:
      return [];
  }
}

/** The stage of the space that a stage of the text is. */
export function stageAt({ space, alignment }: Pick<Context, "space" | "alignment">, index: number): StageSpace | undefined {
  return space?.stages[alignment?.stages[index] ?? -1];
}

/** Known ids: those of the text's widths first, then by likeness to what is written. */
export function likelySpaces({ surroundings, document: { root, spaceId } }: Pick<Context, "surroundings" | "document">): string[] {
  const list = nodeAt(root, ["stages"]);
  const widths = list?.kind === "list" ? list.items.map((stage) => numberOf(valueAt(stage, "width"))).join() : "";
  const ids = nearestWords([...surroundings.spaces.keys()], spaceId ?? "");
  const suits = (id: string) => surroundings.spaces.get(id)!.stages.map(({ width }) => width).join() === widths;
  return spaceId === null ? [...ids.filter(suits), ...ids.filter((id) => !suits(id))] : ids;
}

/** That of the predictors first, then those that the space is meant for. */
export function resolutions({ surroundings: { accuracy, latency }, space }: Pick<Context, "surroundings" | "space">): number[] {
  const predicted = [accuracy, latency].flatMap((file) => (file !== null && file.space === space?.id ? [file.resolution] : []));
  return [...new Set([...predicted, ...(space?.resolutions ?? [])])];
}

/** In braces, YAML is written as JSON. */
const isFlow = (root: TreeNode | null): boolean => root?.kind === "object" && root.flow;

const stagesOf = (space: Space): Stage[] => space.stages.map(smallestStage);

/** All stages with their smallest choices, written as a new config has them. */
function smallestStages(space: Space, format: ConfigFormat): Value {
  const stages = stagesOf(space).map(({ width, blocks }) => ({ width, blocks: [...blocks] }));
  const text = configText(configOf({ resolution: space.resolutions[0]!, stages }, space.id), format);
  const start = text.search(/"?stages"?:/);
  const value = text.slice(start).replace(/^"?stages"?: ?/, "");
  return { text: format === "json" ? value.replace(/\n\}\n$/, "") : value.trimEnd(), label: t("the smallest architecture of {0}", space.id) };
}

function smallestBlocks({ document }: Context, stage: StageSpace): Value {
  const { blocks } = smallestStage(stage);
  const renderer = new Renderer(document.source.text, document.format);
  return { text: `[${blocks.map((block) => renderer.block(block, [] as TreeNode[])).join(", ")}]`, label: t("{0} blocks with their smallest choices", blocks.length) };
}
