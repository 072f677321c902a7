import { requireArchitecture } from "../engine/architecture.js";
import { ModelError } from "../engine/errors.js";
import { judgeMoves, type JudgedMove } from "../engine/explain/moves.js";
import type { Architecture } from "../shared/architecture.js";
import { t } from "../shared/l10n.js";
import type { Space } from "../shared/space.js";
import { alignStages, type Alignment } from "./alignment.js";
import { figuresOf, type Budget } from "./figures/figures.js";
import type { Model, Models } from "./figures/models.js";
import type { ReadDocument } from "./read/document.js";
import { nodeAt, numberOf } from "./read/tree.js";
import type { Both, Figures, Surroundings } from "./types.js";

/** What everything about a text is said from; each part is made when it is first asked for. */
export class Context {
  /** Of the document; null where nobody knows it. */
  readonly space: Space | null;
  /** Which stage of the space each stage of the text is; null without a space or a list of stages. */
  readonly alignment: Alignment | null;
  /** The config's own budget, else the setting. */
  readonly budget: Budget | null;
  /** Null where the chosen predictors say nothing about this space at this resolution. */
  readonly models: Both<Model> | null;
  /** What the text says, where it lies in its space. */
  readonly architecture: Architecture | null;
  private knownFigures: Figures | null | undefined;
  private knownMoves: JudgedMove[] | undefined;

  constructor(
    readonly document: ReadDocument,
    readonly surroundings: Surroundings,
    models: Models,
  ) {
    const { spaceId, root, architecture } = document;
    this.space = spaceId === null ? null : (surroundings.spaces.get(spaceId) ?? null);
    this.alignment = this.space === null ? null : alignStages(this.space, root);
    this.budget = budgetOf(document, surroundings);
    this.models = this.modelsFrom(models);
    this.architecture = this.space !== null && architecture !== null && liesIn(this.space, architecture) ? architecture : null;
  }

  get figures(): Figures | null {
    const { models, architecture, budget } = this;
    this.knownFigures ??= models === null || architecture === null ? null : figuresOf(models, architecture.stages, budget);
    return this.knownFigures;
  }

  /** Every single step from the architecture, judged against the budget; none where there are no figures. */
  get moves(): readonly JudgedMove[] {
    const { models, architecture, budget } = this;
    this.knownMoves ??= models === null || architecture === null ? [] : judgeMoves(models.accuracy.predictor, models.latency.predictor, architecture.stages, budget?.budget ?? null);
    return this.knownMoves;
  }

  /** Why there are no figures, in a sentence; null where there are. */
  get unavailable(): string | null {
    const { space, document, architecture, models } = this;
    const { accuracy, latency } = this.surroundings;
    if (space === null) return t("The search space of this config is not known.");
    if (document.architecture === null) return t("The stages of this config cannot be read.");
    if (architecture === null) return t("This config lies outside its search space.");
    if (accuracy === null || latency === null) return t("No predictors are chosen for this config.");
    if (models !== null) return null;
    const other = [accuracy, latency].find((file) => file.space !== space.id || file.resolution !== architecture.resolution);
    return other === undefined ? t("The chosen predictors cannot be used with this search space.") : t("The chosen predictors are for {0} at {1} px.", other.space, other.resolution);
  }

  private modelsFrom(models: Models): Both<Model> | null {
    const { accuracy, latency } = this.surroundings;
    const resolution = numberOf(nodeAt(this.document.root, ["resolution"]));
    if (this.space === null || accuracy === null || latency === null) return null;
    const suit = [accuracy, latency].every((file) => file.space === this.space!.id && file.resolution === resolution);
    return suit ? models.both(this.space, { accuracy, latency }) : null;
  }
}

function budgetOf({ root }: ReadDocument, { budget }: Surroundings): Budget | null {
  const own = numberOf(nodeAt(root, ["provenance", "budget"]));
  if (own !== undefined) return { budget: own, from: "config", asked: numberOf(nodeAt(root, ["provenance", "probability"])) ?? null };
  return budget === null ? null : { budget, from: "setting", asked: null };
}

function liesIn(space: Space, architecture: Pick<Architecture, "stages">): boolean {
  try {
    requireArchitecture(space, architecture);
    return true;
  } catch (error) {
    if (error instanceof ModelError) return false;
    throw error;
  }
}
