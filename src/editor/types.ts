import type { Architecture, ArchitectureConfig } from "../shared/architecture.js";
import type { Part } from "../shared/explanation.js";
import type { ConfigFormat, Path } from "../shared/files/index.js";
import type { PredictorFile } from "../shared/predictor.js";
import type { Estimate } from "../shared/results.js";
import type { Source } from "../shared/source.js";
import type { Space } from "../shared/space.js";

/** Text offsets, 0-based, UTF-16, end exclusive: what vscode's positionAt takes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A config text, read as far as it can be: YAML where its name ends in .yaml or .yml, JSON otherwise. */
export interface ConfigDocument {
  readonly source: Source;
  readonly format: ConfigFormat;
  /** Where every field could be read, and the strict readers take the text. */
  readonly config: ArchitectureConfig | null;
  /** Where the resolution and the stages could be read, whatever is wrong elsewhere. */
  readonly architecture: Architecture | null;
  readonly spaceId: string | null;
  /** Of the value at a path, or of its nearest ancestor; undefined for a text without any value. */
  span(path: Path): Span | undefined;
  /** Of the key at a path; undefined where there is none. */
  keySpan(path: Path): Span | undefined;
  /** Path of the deepest value or key at an offset; the root's, `[]`, elsewhere. */
  pathAt(offset: number): Path;
}

export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** A quick fix: edits that do not overlap, all of the same text. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one to take without asking. */
  readonly preferred: boolean;
}

/**
 * `syntax`: the text is not JSON or YAML; of JSON, VS Code's own JSON language says so too. `unreadable`: it is, and the
 * readers refuse it (too large, too deep, a key twice).
 */
export const PROBLEM_CODES = [
  "syntax",
  "unreadable",
  "missing-field",
  "unknown-field",
  "wrong-type",
  "wrong-value",
  "unknown-space",
  "stage-count",
  "stage-width",
  "depth",
  "expand",
  "kernel",
  "resolution",
  "predictors-space",
  "over-budget",
  "stale-prediction",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
export type Severity = "error" | "warning" | "information";

export interface EditorProblem {
  readonly code: ProblemCode;
  /** What, found, expected; names no file and no place. */
  readonly message: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly path: Path;
  readonly fixes: readonly Fix[];
}

/** What is known beside the text. */
export interface Surroundings {
  /** By id. */
  readonly spaces: ReadonlyMap<string, Space>;
  /** The chosen predictors. */
  readonly accuracy: PredictorFile | null;
  readonly latency: PredictorFile | null;
  /** ms, of the setting; a config's own `provenance.budget` goes before it. */
  readonly budget: number | null;
}

export interface Both<T> {
  readonly accuracy: T;
  readonly latency: T;
}

/** Accuracy (pp) and latency (ms) of a difference. */
export type Price = Both<Part>;

export interface BudgetVerdict {
  /** ms */
  readonly budget: number;
  /** Whose budget it is: that in the text, or the setting. */
  readonly from: "config" | "setting";
  readonly within: boolean;
  /** ms; negative over the budget. */
  readonly room: number;
  /** With which one new measurement stays within it, 0..1; null without a covariance. */
  readonly probability: number | null;
  /** With which it was to stay within, `provenance.probability`; null: on average. */
  readonly asked: number | null;
}

export interface StageFigures {
  readonly path: Path;
  /** Width of the stage. */
  readonly name: string;
  /** What it adds to the space's mean; null where a predictor is not additive over stages. */
  readonly contribution: Price | null;
  readonly blocks: readonly BlockFigures[];
}

export interface BlockFigures {
  readonly path: Path;
  /** Against the mean over every choice of expand ratio and kernel size at this place, the rest of the architecture as it is. */
  readonly againstMean: Price | null;
}

/** Who says the figures. */
export interface Says {
  readonly title: string;
  readonly device: string | null;
  /** px */
  readonly resolution: number;
  readonly source: string;
}

/** What the chosen predictors say of the text as it stands. */
export interface Figures {
  readonly accuracy: Estimate;
  readonly latency: Estimate;
  /** Predictions at the space's mean; null where a predictor is not additive over stages. */
  readonly baseline: Both<number> | null;
  readonly says: Both<Says>;
  readonly verdict: BudgetVerdict | null;
  readonly stages: readonly StageFigures[];
}

export interface HoverText {
  readonly markdown: string;
  readonly span: Span;
}

/** What a stage brings, at the end of its line. */
export interface Hint {
  readonly offset: number;
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly path: Path;
}

export interface Completion {
  readonly label: string;
  /** Shown beside the label: the price of a choice. */
  readonly detail: string;
  /** Markdown; empty where there is nothing to add. */
  readonly documentation: string;
  /** What it replaces. Lines after the first carry their own indentation: keep the white space. */
  readonly edit: Edit;
  readonly kind: "field" | "value" | "structure";
  /** Completions come in this order. */
  readonly order: number;
  /** The choice that stands there now, or the most usual one. */
  readonly preselect: boolean;
}
