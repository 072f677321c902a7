import type { Space, StageSpace } from "../../shared/space.js";
import { oneOf } from "../words.js";
import { CONFIG, type JsonSchema } from "./fields.js";

/**
 * JSON schema (draft 7) of `*.foxnas.json`: every field, and for the id of each of `spaces` its widths in order, depths,
 * expand ratios and kernel sizes. Other spaces are allowed, as somebody's own.
 */
export function configSchema(spaces: readonly Space[]): JsonSchema {
  const allOf = spaces.map((space) => ({ if: { properties: { space: { const: space.id } }, required: ["space"] }, then: ofSpace(space) }));
  return allOf.length === 0 ? CONFIG : { ...CONFIG, allOf };
}

/**
 * The same without a single rule, for an editor that runs this extension: it offers and describes the fields, while what
 * is wrong with them is said once, by `ConfigAnalysis.problems`, with its place and its fix.
 */
export function describingSchema(): JsonSchema {
  return withoutRules(CONFIG);
}

function ofSpace({ id, resolutions, stages }: Space): JsonSchema {
  return {
    properties: {
      resolution: { examples: resolutions },
      stages: { items: stages.map((stage, index) => ofStage(id, stage, index)), minItems: stages.length, maxItems: stages.length },
    },
  };
}

function ofStage(id: string, { width, depth, expand, kernel, stride, squeezeExcite, activation }: StageSpace, index: number): JsonSchema {
  const features = [`stride ${stride}`, ...(squeezeExcite ? ["squeeze-excite"] : []), activation];
  const block = { properties: { expand: { enum: expand }, kernel: { enum: kernel } } };
  return {
    title: `Stage ${index + 1} of ${id}`,
    description: `Width ${width}, ${oneOf(depth)} blocks, expand ratio ${oneOf(expand)}, kernel size ${oneOf(kernel)}; ${features.join(", ")}.`,
    properties: { width: { const: width }, blocks: { items: block, anyOf: depth.map((blocks) => ({ minItems: blocks, maxItems: blocks })) } },
  };
}

/** What names and describes. */
const WORDS = new Set(["$schema", "title", "description"]);

function withoutRules(schema: JsonSchema): JsonSchema {
  const words = Object.entries(schema).filter(([keyword]) => WORDS.has(keyword));
  const properties = schema["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
  const items = schema["items"] as JsonSchema | undefined;
  return {
    ...Object.fromEntries(words),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, withoutRules(value)])) }),
    ...(items === undefined ? {} : { items: withoutRules(items) }),
  };
}
