import type { Block } from "../../engine/architecture.js";
import { t } from "../../shared/l10n.js";
import type { Path } from "../../shared/files/index.js";
import type { Context } from "../context.js";
import { scalarText } from "../edit/member.js";
import { Renderer } from "../edit/render.js";
import { fieldsAt, objectAt } from "../problems/schema.js";
import { smallestStage } from "../problems/stages.js";
import { likelySpaces, resolutions, stageAt, valuesFor } from "../problems/values.js";
import { nodeAt, numberOf, valueAt } from "../read/tree.js";
import type { Completion } from "../types.js";
import { placeAt, type Place } from "./place.js";
import { Pricing } from "./price.js";

type Offer = Partial<Pick<Completion, "detail" | "documentation" | "preselect">> & { readonly label: string; readonly text: string };

/** What can be typed at an offset, in the order it is to be offered. */
export function completionsAt(context: Context, offset: number): Completion[] {
  const place = placeAt(context.document, offset);
  if (place === null) return [];
  const kind = ({ value: "value", item: "structure", field: "field" } as const)[place.kind];
  return offersAt(context, place).map(({ label, text, detail = "", documentation = "", preselect = false }, order) => ({
    ...{ label, detail, documentation, kind, order, preselect },
    edit: { span: place.span, newText: place.lead + text },
  }));
}

function offersAt(context: Context, place: Place): Offer[] {
  if (place.kind === "field") return fieldOffers(context, place);
  const { path } = place;
  const stage = path[0] === "stages" && typeof path[1] === "number" ? path[1] : undefined;
  if (place.kind === "item") {
    if (path.length === 1 && path[0] === "stages") return stageOffers(context, place.index);
    return stage !== undefined && path.length === 3 && path[2] === "blocks" ? blockOffers(context, stage, place.index) : [];
  }
  const [, , , block, gene] = path;
  if (stage !== undefined && typeof block === "number" && (gene === "expand" || gene === "kernel")) return geneOffers(context, stage, block, gene);
  return valueOffers(context, path);
}

function geneOffers(context: Context, stage: number, block: number, gene: keyof Block): Offer[] {
  const choices = stageAt(context, stage)?.[gene] ?? [];
  const pricing = new Pricing(context);
  const blocks = pricing.blocks(stage);
  const now = blocks[block]?.[gene];
  return choices.map((choice) => {
    const said = blocks[block] === undefined || choice === now ? {} : pricing.of(stage, blocks.with(block, { ...blocks[block], [gene]: choice }));
    return { label: String(choice), text: String(choice), ...said, ...(choice === now ? { detail: t("stands here"), preselect: true } : {}) };
  });
}

/** One more block, in each of its forms. */
function blockOffers(context: Context, stage: number, index: number): Offer[] {
  const of = stageAt(context, stage);
  const list = nodeAt(context.document.root, ["stages", stage, "blocks"]);
  if (of === undefined || list?.kind !== "list") return [];
  const pricing = new Pricing(context);
  // A dash alone is an item already.
  const others = pricing.blocks(stage).filter(({ expand, kernel }) => !Number.isNaN(expand) || !Number.isNaN(kernel));
  if (others.length >= Math.max(...of.depth)) return [];
  const renderer = new Renderer(context.document.source.text, context.document.format);
  return of.expand.flatMap((expand) =>
    of.kernel.map((kernel) => {
      const block = { expand, kernel };
      return { label: t("block e{0} k{1}", expand, kernel), text: renderer.block(block, list.items), ...pricing.of(stage, others.toSpliced(index, 0, block)) };
    }),
  );
}

/** The stages that the text has not yet; a dash alone is an item already. */
function stageOffers({ space, alignment, document }: Context, index: number): Offer[] {
  if (space === null || alignment === null) return [];
  const { items } = alignment.list;
  const renderer = new Renderer(document.source.text, document.format);
  const there = new Set(items.flatMap((stage, at) => (at === index && stage.kind === "scalar" ? [] : [numberOf(valueAt(stage, "width"))])));
  return space.stages
    .filter(({ width }) => !there.has(width))
    .map((stage) => ({ label: t("stage {0}", stage.width), text: renderer.stage(smallestStage(stage), items), detail: t("its smallest choices") }));
}

function valueOffers(context: Context, path: Path): Offer[] {
  const { document, surroundings, space } = context;
  const field = path.join(".");
  if (field === "space") return likelySpaces(context).map((id) => ({ label: id, text: scalarText(id, document.format), detail: surroundings.spaces.get(id)!.title, preselect: id === document.spaceId }));
  if (field === "resolution") {
    const { accuracy, latency } = surroundings;
    const predicted = [accuracy, latency].flatMap((file) => (file?.space === space?.id ? [file!.resolution] : []));
    const now = numberOf(nodeAt(document.root, path));
    return resolutions(context).map((px) => ({ label: String(px), text: String(px), detail: predicted.includes(px) ? t("px; the chosen predictors are for it") : t("px"), preselect: px === now }));
  }
  return valuesFor(context, path).map(({ label, text }) => ({ label, text }));
}

/** Fields that are not there yet; in JSON the schema offers them. */
function fieldOffers(context: Context, { path, span }: Place): Offer[] {
  const { document } = context;
  const object = objectAt(document.root, path);
  const there = new Set(object?.members.filter(({ keySpan }) => keySpan.end < span.start || keySpan.start > span.end).map(({ key }) => key));
  const colon = /^\s*:/.test(document.source.text.slice(span.end, span.end + 10));
  return fieldsAt(path)
    .filter((key) => !there.has(key))
    .map((key) => ({ label: key, text: colon ? key : `${key}: ${valuesFor(context, [...path, key])[0]?.text ?? ""}` }));
}
