import * as v from "valibot";
import type * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";

export const TASK_TYPE = "foxnas";

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
const common = { type: v.literal(TASK_TYPE), config: text, space: v.optional(text) };

/** What people write into tasks.json, and what the provider offers. */
export const TaskSchema = v.variant("task", [
  v.looseObject({ ...common, task: v.literal("check"), accuracy: v.optional(text), latency: v.optional(text), budget: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))) }),
  v.looseObject({ ...common, task: v.literal("export"), format: text, out: text }),
]);
export type FoxnasTask = v.InferOutput<typeof TaskSchema>;
export type CheckTask = Extract<FoxnasTask, { task: "check" }>;

/** A definition of tasks.json. Throws InputError naming the field. */
export function readDefinition(definition: vscode.TaskDefinition): FoxnasTask {
  const parsed = v.safeParse(TaskSchema, definition);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new InputError({ what: t("the foxnas task cannot be run"), file: ".vscode/tasks.json", field: v.getDotPath(issue) ?? undefined, found: issue.received, expected: issue.expected ?? undefined });
}

/** Arguments of the command line. What is missing, the command line says. */
export function argumentsOf(task: FoxnasTask): string[] {
  const options = task.task === "check" ? { config: task.config, space: task.space, accuracy: task.accuracy, latency: task.latency, budget: task.budget } : { config: task.config, space: task.space, format: task.format, out: task.out };
  return [task.task, ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]))];
}
