import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INPUTS, readInput, TOOL_NAMES, type ToolName } from "../../../src/host/tools/inputs.js";
import { manifest, type FieldSchema } from "./manifest.js";

const schemas = new Map(manifest.contributes.languageModelTools.map(({ name, inputSchema }) => [name, inputSchema]));
const schemaOf = (name: ToolName) => schemas.get(name)!;

/** Values that a field's JSON schema allows. */
function allowed({ type, ...field }: FieldSchema): fc.Arbitrary<unknown> {
  const least = field.minimum ?? field.exclusiveMinimum ?? -1000;
  const most = field.maximum ?? field.exclusiveMaximum ?? 1e6;
  if (field.enum !== undefined) return fc.constantFrom(...field.enum);
  if (type === "boolean") return fc.boolean();
  if (type === "string") return fc.stringMatching(/^[a-z][a-z0-9./ -]{0,20}$/);
  if (type === "integer") return fc.integer({ min: least, max: Math.min(most, Number.MAX_SAFE_INTEGER) });
  return fc.double({ min: least, max: most, noNaN: true, minExcluded: field.exclusiveMinimum !== undefined, maxExcluded: field.exclusiveMaximum !== undefined });
}

/** Values that it does not allow. */
const refused = ({ type, minimum, exclusiveMinimum, maximum, exclusiveMaximum }: FieldSchema): unknown[] => [
  null,
  [],
  {},
  ...(type === "string" ? [1, true, ""] : type === "boolean" ? ["true", 1] : ["1", true, NaN]),
  ...(type === "integer" ? [1.5] : []),
  ...(minimum === undefined ? [] : [minimum - 1]),
  ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum]),
  ...(maximum === undefined ? [] : [maximum + 1]),
  ...(exclusiveMaximum === undefined ? [] : [exclusiveMaximum]),
];

describe("the input of tools", () => {
  it("package.json has the tools that are registered, with the same fields", () => {
    expect([...schemas.keys()].sort()).toEqual([...TOOL_NAMES].sort());
    for (const name of TOOL_NAMES) expect(Object.keys(schemaOf(name).properties), name).toEqual(Object.keys(INPUTS[name].entries));
  });

  it.each(TOOL_NAMES)("%s takes what its JSON schema allows", (name) => {
    const { properties, required = [] } = schemaOf(name);
    const record = Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, allowed(field)]));
    fc.assert(
      fc.property(fc.record(record, { requiredKeys: required }), (input) => {
        expect(Object.keys(readInput(name, input)).sort()).toEqual(Object.keys(input).sort());
      }),
    );
  });

  it.each(TOOL_NAMES)("%s refuses what it does not allow, and names the field", (name) => {
    const { properties, required = [] } = schemaOf(name);
    const whole = Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, fc.sample(allowed(field), 1)[0]]));
    for (const [key, field] of Object.entries(properties)) {
      for (const value of refused(field)) expect(() => readInput(name, { ...whole, [key]: value }), `${key}: ${String(value)}`).toThrow(new RegExp(`^${key}: the input of ${name} is wrong`));
    }
    for (const key of required) {
      const { [key]: _, ...rest } = whole;
      expect(() => readInput(name, rest)).toThrow(new RegExp(`^${key}: `));
    }
    expect(() => readInput(name, { ...whole, more: 1 })).toThrow(/^more: .*expected no such field/);
    for (const input of [null, undefined, 1, "x"]) expect(() => readInput(name, input)).toThrow(`the input of ${name} is wrong`);
  });
});
