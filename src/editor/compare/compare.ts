import { requireArchitecture } from "../../engine/architecture.js";
import { ModelError } from "../../engine/errors.js";
import type { Predictor } from "../../engine/predictor.js";
import { architectureCount, stageSides } from "../../engine/space.js";
import type { Architecture, ArchitectureConfig } from "../../shared/architecture.js";
import { spaceCard } from "../../shared/cards.js";
import type { ComparedSide, ComparedStage, Comparison } from "../../shared/comparison.js";
import { t } from "../../shared/l10n.js";
import type { Estimate } from "../../shared/results.js";
import type { Space } from "../../shared/space.js";
import type { Both } from "../types.js";
import { alignBlocks, alignStages, type StagePair } from "./align.js";
import { isAdditive, stageDifferences, type ComparisonModel, type StageDifferences } from "./model.js";
import { blockPrices, difference } from "./prices.js";

/** One of the two, with what is known about its space. */
export interface Side {
  readonly title: string;
  readonly config: Pick<ArchitectureConfig, "space" | "resolution" | "stages">;
  /** Null where no space of that name is known. */
  readonly space: Space | null;
  /** Null where no pair of predictors speaks of its space and resolution; the reason where the predictors cannot be used. */
  readonly model: ComparisonModel | { readonly refused: string } | null;
}

/** What can be said of one side: a sentence where its predictors cannot be asked. */
interface Standing {
  readonly model: ComparisonModel | null;
  readonly limit: string | null;
}

/**
 * How B differs from A. The same predictors on both sides price every stage; another space or resolution, or a config
 * outside its space, leaves what can still be compared, and says why.
 * @param budget latency limit, ms; null for none
 */
export function compare(a: Side, b: Side, budget: number | null): Comparison {
  const standing = { a: standingOf(a, "A"), b: standingOf(b, "B") };
  const model = sameModel(standing.a.model, standing.b.model);
  const [from, to] = [a.config.stages, b.config.stages];
  const priced = model === null ? null : pricedStages(model, from, to);
  const known = { a: sideOf(a, standing.a.model), b: sideOf(b, standing.b.model) };
  return {
    ...known,
    stages: alignStages(from, to).map((pair, index) => stageOf(pair, index, model, priced, a, b)),
    total: priced?.total ?? (model === null ? null : totalOf(model, from, to)),
    path: priced?.path ?? [],
    budget,
    limits: limitsOf(a, b, standing, model),
  };
}

/** The same models on both sides, whoever read their files. */
function sameModel(a: ComparisonModel | null, b: ComparisonModel | null): ComparisonModel | null {
  return a !== null && b !== null && a.models.accuracy === b.models.accuracy && a.models.latency === b.models.latency ? a : null;
}

function pricedStages({ models: { accuracy, latency } }: ComparisonModel, from: Architecture["stages"], to: Architecture["stages"]): StageDifferences | null {
  if (accuracy.explained === null || latency.explained === null) return null;
  return stageDifferences({ accuracy: accuracy.predictor, latency: latency.predictor }, { accuracy: accuracy.explained.explainer, latency: latency.explained.explainer }, from, to);
}

function standingOf({ config, space, model }: Side, name: string): Standing {
  if (space === null) return { model: null, limit: t("{0} is of the search space {1}, which is not known here: nothing is predicted of it.", name, config.space) };
  try {
    requireArchitecture(space, config);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { model: null, limit: t("{0} lies outside its search space {1}, so nothing is predicted of it: {2}.", name, space.id, described(error)) };
  }
  if (model !== null && "refused" in model) return { model: null, limit: t("The predictors of {0} cannot be used: {1}.", name, model.refused) };
  if (model !== null) return { model, limit: null };
  return { model: null, limit: t("No pair of predictors speaks of {0}, {1} at {2} px: nothing is predicted of it.", name, space.id, config.resolution) };
}

const described = ({ what, found, expected }: ModelError): string =>
  found === undefined || expected === undefined ? what : t("{0} (found {1}, expected {2})", what, found, expected);

function limitsOf(a: Side, b: Side, standing: { a: Standing; b: Standing }, model: ComparisonModel | null): string[] {
  const apart =
    a.config.space !== b.config.space
      ? t("A is of the search space {0}, B of {1}: stages of the same width stand side by side, and no stage has a price. Each prediction is by predictors of its own.", a.config.space, b.config.space)
      : a.config.resolution !== b.config.resolution
        ? t("A is for {0} px, B for {1} px: the blocks can be compared, but no predictor speaks of both, so no stage has a price. Each prediction is by predictors of its own.", a.config.resolution, b.config.resolution)
        : null;
  const mixed = model !== null && !isAdditive(model) ? t("A predictor has terms across stages, so no stage has a price of its own.") : null;
  return [apart, standing.a.limit, standing.b.limit, mixed].filter((limit) => limit !== null);
}

function sideOf({ title, config, space }: Side, model: ComparisonModel | null): ComparedSide {
  const { resolution, stages } = config;
  return {
    title,
    space: config.space,
    architecture: { resolution, stages: copyOf(stages) },
    predicted: model === null ? null : { accuracy: estimate(model.models.accuracy.predictor, stages), latency: estimate(model.models.latency.predictor, stages) },
    predictors: model?.cards ?? null,
    card: space === null || space.stages.length !== stages.length ? null : spaceCard(space, stageSides(space, resolution), architectureCount(space)),
  };
}

const copyOf = (stages: Architecture["stages"]): Architecture["stages"] =>
  stages.map(({ width, blocks }) => ({ width, blocks: blocks.map(({ expand, kernel }) => ({ expand, kernel })) }));

const estimate = (predictor: Predictor, stages: Architecture["stages"]): Estimate => ({ ...predictor.estimate(stages), unit: predictor.unit });

const totalOf = ({ models: { accuracy, latency } }: ComparisonModel, from: Architecture["stages"], to: Architecture["stages"]): Comparison["total"] => ({
  accuracy: difference(accuracy.predictor, from, to),
  latency: difference(latency.predictor, from, to),
});

function stageOf({ stage, from, to }: StagePair, index: number, model: ComparisonModel | null, priced: StageDifferences | null, a: Side, b: Side): ComparedStage {
  const aligned = alignBlocks(from, to);
  const prices = (predictor: Predictor) => blockPrices(predictor, index, a.config.stages, b.config.stages, aligned);
  const told: Both<ReturnType<typeof prices>> | null = model === null ? null : { accuracy: prices(model.models.accuracy.predictor), latency: prices(model.models.latency.predictor) };
  const row = priced?.rows[index];
  return {
    stage,
    from: from.length,
    to: to.length,
    blocks: aligned.map((block, i) => ({ ...block, price: { accuracy: told?.accuracy[i] ?? null, latency: told?.latency[i] ?? null } })),
    differs: aligned.some(({ status }) => status !== "same"),
    price: row === undefined ? null : { accuracy: row.accuracy, latency: row.latency },
  };
}
