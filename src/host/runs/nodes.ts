import type { RunSummary } from "./runController.js";
import type { Figure } from "../kinds/figures.js";
import type { GroupId } from "./groups.js";

/** A run's row. Commands of menus are handed it: they read `record.id`. */
export interface RunNode extends RunSummary {
  type: "run";
  group: GroupNode | null;
}

/** A heading above runs. */
export interface GroupNode {
  type: "group";
  id: GroupId;
  runs: RunNode[];
}

/** A figure of a finished run. */
export interface FigureNode {
  type: "figure";
  figure: Figure;
  run: RunNode;
  index: number;
}

export type Node = RunNode | GroupNode | FigureNode;

/** Whether something that a menu, a key or a panel handed to a command is the row of a run. */
export function isRunNode(value: unknown): value is RunNode {
  return typeof value === "object" && value !== null && "type" in value && value.type === "run" && "record" in value;
}

export function isFigureNode(value: unknown): value is FigureNode {
  return typeof value === "object" && value !== null && "type" in value && value.type === "figure" && "run" in value;
}

/** Whether a run has an architecture that can be compared with another one's. */
export function hasArchitecture({ record }: Pick<RunSummary, "record">): boolean {
  return record.state === "done" && ["search", "tune", "finalists"].includes(record.request.kind);
}
