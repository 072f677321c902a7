import type * as v from "valibot";
import { describe, expect, it } from "vitest";
import { ArchitectureConfigSchema } from "../../../src/shared/architecture.js";
import { PredictorSchema } from "../../../src/shared/predictor.js";
import { SpaceSchema } from "../../../src/shared/space.js";
import { schemaText } from "./examples.js";

interface JsonSchema {
  $schema?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  additionalProperties?: unknown;
}
interface Valibot {
  type: string;
  entries?: Record<string, Valibot>;
  item?: Valibot;
  wrapped?: Valibot;
}

/** The two say the same: the same fields, required and optional alike, all the way down. */
function requireSame(json: JsonSchema, schema: Valibot, at: string): void {
  if (schema.wrapped) return requireSame(json.oneOf?.find((one) => one.properties) ?? json, schema.wrapped, at);
  if (schema.item) return requireSame(json.items!, schema.item, `${at}[]`);
  if (schema.entries === undefined) return;
  expect(Object.keys(json.properties!), at).toEqual(Object.keys(schema.entries));
  const required = Object.entries(schema.entries).filter(([, entry]) => entry.type !== "optional");
  expect(json.required, at).toEqual(required.map(([key]) => key));
  if (schema.type === "strict_object") expect(json.additionalProperties, at).toBe(false);
  for (const [key, entry] of Object.entries(schema.entries)) {
    expect(json.properties![key]!.description, `${at}.${key} has a description for the editor`).toBeTruthy();
    requireSame(json.properties![key]!, entry, `${at}.${key}`);
  }
}

describe("JSON schemas for the editor", () => {
  it.each<[string, v.GenericSchema<unknown, unknown>]>([
    ["architecture-config", ArchitectureConfigSchema],
    ["space", SpaceSchema],
    ["predictor", PredictorSchema],
  ])("%s has the fields that the program reads", (name, schema) => {
    const json = JSON.parse(schemaText(name)) as JsonSchema;
    expect(json.$schema).toBe("http://json-schema.org/draft-07/schema#");
    requireSame(json, schema as unknown as Valibot, name);
  });
});
