import * as v from "valibot";
import { InputError } from "../../shared/errors.js";

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1000));
const id = v.optional(text);
const budget = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1e9));
/** Index into the front of a run. */
const point = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e6)));

/** What a language model gives to each tool. The same as the JSON schemas of package.json, which nobody enforces. */
export const INPUTS = {
  foxnas_spaces: v.strictObject({}),
  foxnas_search: v.strictObject({
    space: text,
    accuracy: id,
    latency: id,
    /** ms */
    budget,
    probability: v.optional(v.pipe(v.number(), v.gtValue(0.5), v.ltValue(1))),
    seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff))),
    evaluations: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e12))),
  }),
  foxnas_predict: v.strictObject({ config: text, accuracy: id, latency: id, budget: v.optional(budget) }),
  foxnas_explain: v.strictObject({ runId: id, point, config: id, accuracy: id, latency: id, budget: v.optional(budget) }),
  foxnas_insert: v.strictObject({
    runId: text,
    point,
    file: id,
    format: v.optional(v.picklist(["json", "yaml"])),
    overwrite: v.optional(v.boolean()),
  }),
} as const;

export type ToolName = keyof typeof INPUTS;
export type ToolInput<N extends ToolName> = v.InferOutput<(typeof INPUTS)[N]>;
export const TOOL_NAMES = Object.keys(INPUTS) as ToolName[];

/** A model's input to a tool, which may be anything. Throws InputError naming the field. */
export function readInput<N extends ToolName>(name: N, input: unknown): ToolInput<N> {
  const parsed = v.safeParse(INPUTS[name], input);
  if (parsed.success) return parsed.output as ToolInput<N>;
  const [issue] = parsed.issues;
  // valibot calls a field that is not allowed `never`, and a missing one by its key.
  const [found, expected] = issue.expected === "never" ? [issue.received, "no such field"] : issue.received === "undefined" ? ["no such field", "the field"] : [issue.received, issue.expected];
  throw new InputError({
    what: `the input of ${name} is wrong`,
    field: v.getDotPath(issue) ?? undefined,
    found,
    ...(expected === null ? {} : { expected }),
    next: `Call ${name} again with that field as its schema says.`,
  });
}
