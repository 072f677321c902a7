import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configSchema, describingSchema } from "../../../src/editor/index.js";
import { configs, SMALL } from "../files/examples.js";
import { analyse, BARE, BUILT_IN, CPU, plainConfigs } from "./helpers.js";

const file = (name: string) => new URL(`../../../media/schemas/${name}.schema.json`, import.meta.url).pathname;
const text = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;

/* After a change of a space or a field: npx vitest run test/unit/editor/schema.test.ts -u */
describe("the schemas in media", () => {
  it("are those of the built-in spaces", async () => {
    await expect(text(configSchema(BUILT_IN))).toMatchFileSnapshot(file("architecture-config"));
    await expect(text(describingSchema())).toMatchFileSnapshot(file("architecture-config.editor"));
  });

  it("are those that the manifest names", () => {
    const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { contributes: { jsonValidation: { fileMatch: string; url: string }[] } };
    const of = manifest.contributes.jsonValidation.find(({ fileMatch }) => fileMatch === "*.foxnas.json");
    expect(of?.url).toBe("./media/schemas/architecture-config.editor.schema.json");
  });
});

describe("the schema of configs", () => {
  const validate = new Ajv({ strict: false }).compile(configSchema([...BUILT_IN, SMALL]));

  it.each([...BUILT_IN, SMALL].map((space) => [space.id, space] as const))("takes every config of %s", (_, space) => {
    fc.assert(fc.property(configs(space), (config) => void expect(validate(config), JSON.stringify(validate.errors)).toBe(true)), { numRuns: 60 });
  });

  it("refuses what the editor calls an error, and nothing else", () => {
    const number = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 24, 40);
    const field = fc.constantFrom("expand", "kernel", "width", "space", "resolution", "depth", "stages");
    let refused = 0;
    fc.assert(
      fc.property(plainConfigs(CPU, 256), field, fc.nat(4), number, (config, name, s, value) => {
        const copy = structuredClone(config) as unknown as Record<string, unknown> & { stages: { width: number; blocks: Record<string, number>[] }[] };
        if (name === "expand" || name === "kernel") copy.stages[s]!.blocks[0]![name] = value;
        else if (name === "width") copy.stages[s]!.width = value;
        else if (name === "depth") copy.stages[s]!.blocks = Array.from({ length: value % 7 }, () => ({ expand: 2, kernel: 3 }));
        else if (name === "stages") copy.stages.splice(s, 1);
        else copy[name] = value;
        const errors = analyse(JSON.stringify(copy), "a.json", BARE).problems().filter(({ severity }) => severity === "error");
        if (!validate(copy)) refused++;
        expect(validate(copy), JSON.stringify(copy)).toBe(errors.length === 0);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  it("leaves other spaces to their owners", () => {
    expect(new Ajv({ strict: false }).compile(configSchema([]))({ version: 1, space: "mine", resolution: 32, stages: [{ width: 9, blocks: [{ expand: 9, kernel: 9 }] }] })).toBe(true);
  });

  it("has a loose form that names and describes every field, and refuses nothing", () => {
    const loose = new Ajv({ strict: false }).compile(describingSchema());
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(loose(value)).toBe(true)), { numRuns: 50 });
    const fields = (schema: { properties?: Record<string, object>; items?: object }): object => ({
      ...Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, fields(value)])),
      ...(schema.items === undefined ? {} : fields(schema.items)),
    });
    expect(fields(describingSchema())).toEqual(fields({ ...configSchema([]) }));
  });
});
