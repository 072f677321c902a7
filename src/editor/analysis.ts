import type { Path } from "../shared/files/index.js";
import type { Space } from "../shared/space.js";
import { completionsAt } from "./complete/completions.js";
import { Context } from "./context.js";
import type { Models } from "./figures/models.js";
import { problemsOf } from "./problems/index.js";
import type { ReadDocument } from "./read/document.js";
import { hoverAt } from "./say/hover.js";
import { stageHints } from "./say/stage.js";
import type { Completion, EditorProblem, Figures, Hint, HoverText, Surroundings } from "./types.js";

/** Everything an editor says about a config's text, each part made when it is first asked for. Never throws for bad text. */
export class ConfigAnalysis {
  private readonly context: Context;
  private found: EditorProblem[] | undefined;

  /** @param models keep one for the whole session */
  constructor(
    readonly document: ReadDocument,
    readonly surroundings: Surroundings,
    models: Models,
  ) {
    this.context = new Context(document, surroundings, models);
  }

  /** Of the document; null where nobody knows it. */
  get space(): Space | null {
    return this.context.space;
  }

  /** In the order of the text. */
  problems(): EditorProblem[] {
    return (this.found ??= problemsOf(this.context));
  }

  /** Null where nothing can be said; `unavailable` tells why. */
  figures(): Figures | null {
    return this.context.figures;
  }

  /** Why there are no figures, in a sentence; null where there are. */
  unavailable(): string | null {
    return this.context.unavailable;
  }

  hover(offset: number): HoverText | null {
    return hoverAt(this.context, offset);
  }

  /** What each stage brings, for the end of its line. */
  hints(): Hint[] {
    return stageHints(this.context);
  }

  /** Names of fields are offered for YAML alone: in JSON the schema offers them. */
  completions(offset: number): Completion[] {
    return completionsAt(this.context, offset);
  }

  /** Index in the space of the stage that a path of the text leads into; null elsewhere. */
  stageAt(path: Path): number | null {
    return path[0] === "stages" && typeof path[1] === "number" ? (this.context.alignment?.stages[path[1]] ?? null) : null;
  }
}
