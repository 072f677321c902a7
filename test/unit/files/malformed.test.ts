import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/shared/errors.js";
import { configText, readConfig, readPredictor, readSpace } from "../../../src/shared/files/index.js";
import type { Source } from "../../../src/shared/messages.js";
import { readSamples, samplesText } from "../../../src/shared/samples/index.js";
import { configs, FOXNAS, PREDICTOR, publishedText, SMALL, spaceText, stagesOf } from "./examples.js";
import { edit, mutate } from "./mutate.js";

const RUNS = 1000;

let refused = 0;
let accepted = 0;

/** Reads mutated texts: each gives a value that is valid, or an InputError that names the file and a place. */
function fuzz(valid: fc.Arbitrary<string>, name: string, read: (source: Source) => unknown, revalidate: (value: never) => void): void {
  const untouched = Reflect.ownKeys(Object.prototype).length;
  fc.assert(
    fc.property(valid, fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
      const source = { name, text: mutate(text, edits) };
      let value: unknown;
      try {
        value = read(source);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        refused++;
        expect(error.message.startsWith(`${name}:${error.problem.line}`), error.message).toBe(true);
        expect(error.problem.line).toBeGreaterThanOrEqual(1);
        expect(error.problem.line).toBeLessThanOrEqual(source.text.split(/\r\n|\r|\n/).length + 1);
        return;
      }
      accepted++;
      revalidate(value as never);
    }),
    { numRuns: RUNS },
  );
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(untouched);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

const rows = (space: typeof FOXNAS) =>
  fc.array(fc.record({ stages: stagesOf(space), accuracy: fc.double({ min: 2, max: 99, noNaN: true }), latency: fc.double({ min: 2, max: 99, noNaN: true }) }), {
    minLength: 1,
    maxLength: 3,
  });

describe(`${7 * RUNS} malformed texts give clear errors`, () => {
  it.each(["json", "yaml"] as const)("configs as %s", (format) => {
    const valid = fc.oneof(configs(FOXNAS), configs(SMALL)).map((config) => configText(config, format));
    fuzz(valid, `net.${format}`, readConfig, (value) => expect(readConfig({ name: "again.json", text: configText(value, "json") })).toEqual(value));
  });

  it("spaces", () => {
    const valid = fc.constantFrom(spaceText("foxnas-cpu"), spaceText("ofa-mbv3"), JSON.stringify(SMALL, null, 2));
    fuzz(valid, "my.space.json", readSpace, (value) => expect(readSpace({ name: "again", text: JSON.stringify(value) })).toEqual(value));
  });

  it("predictors", () => {
    const valid = fc.constantFrom(
      JSON.stringify(PREDICTOR, null, 2),
      JSON.stringify({ ...PREDICTOR, target: "accuracy", unit: "%", link: { kind: "saturating", ceiling: 79 }, fit: undefined }),
    );
    fuzz(valid, "pi.predictor.json", readPredictor, (value) => {
      const again = readPredictor({ name: "again", text: JSON.stringify(value) });
      expect(JSON.stringify(again)).toBe(JSON.stringify(value));
    });
  });

  it.each([FOXNAS, SMALL])("samples in the published layout", (space) => {
    const valid = rows(space).map((written) => publishedText(space, written));
    fuzz(valid, "s.csv", (source) => readSamples(source, space, "latency"), (value) => {
      const again = readSamples({ name: "again", text: samplesText(value, space, "latency") }, space, "latency");
      expect(again.map(({ line: _, ...sample }) => sample)).toEqual((value as typeof again).map(({ line: _, ...sample }) => sample));
    });
  });

  it("samples in this project's layout", () => {
    const valid = rows(SMALL).map((written) => samplesText(written.map(({ stages, latency }) => ({ stages, value: latency })), SMALL, "latency"));
    fuzz(valid, "s.csv", (source) => readSamples(source, SMALL, "latency"), (value) => {
      expect(readSamples({ name: "again", text: samplesText(value, SMALL, "latency") }, SMALL, "latency")).toHaveLength((value as unknown[]).length);
    });
  });

  it("were mostly refused, and not all", () => {
    console.log(`malformed texts: ${refused} refused, ${accepted} still valid`);
    expect(refused + accepted).toBe(7 * RUNS);
    expect(refused).toBeGreaterThan(5000);
    expect(accepted).toBeGreaterThan(50);
  });
});
