import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Predictor } from "../../../src/engine/predictor.js";
import { applyEdits, readDocument, type ConfigAnalysis } from "../../../src/editor/index.js";
import { readConfig } from "../../../src/shared/files/index.js";
import { configs, FOXNAS, SMALL } from "../files/examples.js";
import { edit, mutate } from "../files/mutate.js";
import { ACCURACY, analyse, BARE, BUILT_IN, CHOSEN, CPU, LATENCY, placeOf, plainConfigs, STYLES, styles } from "./helpers.js";

/** Asks for everything, so that whatever can throw does. */
function everything(analysis: ConfigAnalysis, text: string, offsets: readonly number[]): void {
  for (const { span, fixes } of analysis.problems()) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
    expect(fixes.filter(({ preferred }) => preferred).length).toBeLessThanOrEqual(1);
  }
  analysis.figures();
  analysis.hints();
  for (const offset of offsets) {
    analysis.hover(offset);
    analysis.completions(offset);
    analysis.document.pathAt(offset);
  }
}

describe("any text", () => {
  it("is analysed without an error: mutated configs", () => {
    const offsets = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(configs(FOXNAS), configs(SMALL)), styles, fc.array(edit, { minLength: 1, maxLength: 4 }), offsets, (config, style, edits, shares) => {
        const { name, write } = STYLES[style]!;
        const text = mutate(write(config), edits);
        everything(analyse(text, name, { ...CHOSEN, budget: 100 }), text, shares.map((share) => Math.floor(share * text.length)));
      }),
      { numRuns: 600 },
    );
  });

  it("is analysed without an error: garbage", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom("a.json", "a.yaml"), fc.nat({ max: 200 }), (text, name, offset) => {
        everything(analyse(text, name), text, [Math.min(offset, text.length)]);
      }),
      { numRuns: 500 },
    );
  });

  it.each(["a.foxnas.json", "a.foxnas.yaml"])("is bounded in depth and size: %s", (name) => {
    const deep = "[".repeat(200_000);
    expect(analyse(deep, name).problems().map(({ code }) => code)).toEqual(["unreadable"]);
    const long = `[${"1,".repeat(600_000)}1]`;
    expect(analyse(long, name).problems().map(({ code }) => code)).toEqual(["unreadable"]);
  });
});

describe("a config that lies in its space", () => {
  it.each(BUILT_IN.map((space) => [space.id, space] as const))("has no problems: %s", (id, space) => {
    fc.assert(
      fc.property(plainConfigs(space, 256), styles, (config, style) => {
        const { name, write } = STYLES[style]!;
        expect(analyse(write(config), name, id === CPU.id ? CHOSEN : BARE).problems()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("is read as the strict reader reads it", () => {
    fc.assert(
      fc.property(fc.oneof(configs(FOXNAS), configs(SMALL)), styles, (config, style) => {
        const { name, write } = STYLES[style]!;
        const source = { name, text: write(config) };
        const { config: read, architecture, spaceId } = readDocument(source);
        expect(read).toEqual(readConfig(source));
        expect(architecture?.stages).toEqual(config.stages);
        expect(spaceId).toBe(config.space);
      }),
      { numRuns: 200 },
    );
  });

  it("has spans at the text that they name", () => {
    fc.assert(
      fc.property(configs(FOXNAS), styles, (config, style) => {
        const { name, write } = STYLES[style]!;
        const text = write(config);
        const document = readDocument({ name, text });
        const slice = (path: (string | number)[]) => text.slice(document.span(path)!.start, document.span(path)!.end);
        config.stages.forEach(({ width, blocks }, s) => {
          expect(slice(["stages", s, "width"])).toBe(String(width));
          const key = document.keySpan(["stages", s, "width"])!;
          expect(text.slice(key.start, key.end).replaceAll('"', "")).toBe("width");
          blocks.forEach((block, b) => {
            for (const gene of ["expand", "kernel"] as const) {
              const path = ["stages", s, "blocks", b, gene];
              expect(slice(path)).toBe(String(block[gene]));
              expect(document.pathAt(document.span(path)!.start)).toEqual(path);
              expect(document.pathAt(document.keySpan(path)!.start)).toEqual(path);
            }
          });
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe("figures", () => {
  const accuracy = new Predictor(CPU, ACCURACY);
  const latency = new Predictor(CPU, LATENCY);

  it("are the predictors' own, and contributions add up to them", () => {
    fc.assert(
      fc.property(plainConfigs(CPU, 256), styles, fc.integer({ min: 80, max: 220 }), (config, style, budget) => {
        const { name, write } = STYLES[style]!;
        const figures = analyse(write(config), name, { ...CHOSEN, budget }).figures()!;
        expect(figures.accuracy).toEqual({ ...accuracy.estimate(config.stages), unit: "%" });
        expect(figures.latency).toEqual({ ...latency.estimate(config.stages), unit: "ms" });
        for (const target of ["accuracy", "latency"] as const) {
          const sum = figures.stages.reduce((total, { contribution }) => total + contribution![target].value, figures.baseline![target]);
          expect(sum).toBeCloseTo(figures[target].value, 8);
        }
        expect(figures.verdict).toMatchObject({ budget, from: "setting", within: figures.latency.value <= budget });
      }),
      { numRuns: 60 },
    );
  });

  it("of a block stand against the mean over its choices", () => {
    fc.assert(
      fc.property(plainConfigs(CPU, 256), fc.nat(4), fc.nat(1), (config, s, b) => {
        const figures = analyse(JSON.stringify(config), "a.json").figures()!;
        const stage = config.stages[s]!;
        const options = CPU.stages[s]!.expand.flatMap((expand) => CPU.stages[s]!.kernel.map((kernel) => ({ expand, kernel })));
        const others = options.map((block) => latency.value(config.stages.with(s, { ...stage, blocks: stage.blocks.with(b, block) })));
        const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
        expect(figures.stages[s]!.blocks[b]!.againstMean!.latency.value).toBeCloseTo(figures.latency.value - mean, 8);
      }),
      { numRuns: 60 },
    );
  });
});

describe("every fix", () => {
  const value = fc.constantFrom(0, 1, 3, 5, 8, 24, 40, 300, 2.5, "three", "4", null, true);
  /** Something wrong in a config, as data. */
  const spoil = fc.oneof(
    fc.record({ kind: fc.constant("gene" as const), s: fc.nat(4), b: fc.nat(1), gene: fc.constantFrom("expand", "kernel"), value }),
    fc.record({ kind: fc.constant("width" as const), s: fc.nat(4), value }),
    fc.record({ kind: fc.constant("depth" as const), s: fc.nat(4), n: fc.integer({ min: 1, max: 7 }) }),
    fc.record({ kind: fc.constant("drop" as const), s: fc.nat(4), field: fc.constantFrom("width", "blocks", "expand", "kernel", "version", "space", "resolution", "stages") }),
    fc.record({ kind: fc.constant("rename" as const), from: fc.constantFrom("resolution", "space", "version"), to: fc.constantFrom("resolutoin", "sapce", "colour") }),
    fc.record({ kind: fc.constant("fewer" as const), s: fc.nat(4), n: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant("more" as const), s: fc.nat(4), from: fc.nat(4) }),
    fc.record({ kind: fc.constant("swap" as const), s: fc.nat(4), t: fc.nat(4) }),
    fc.record({ kind: fc.constant("root" as const), field: fc.constantFrom("version", "space", "resolution"), value: fc.oneof(value, fc.constantFrom("foxnas-cpi", "ofa-mbv2", 224)) }),
    fc.constant({ kind: "budget" as const }),
  );
  type Spoil = typeof spoil extends fc.Arbitrary<infer T> ? T : never;

  /* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is spoilt has no type any more */
  function spoilt(config: any, spoils: readonly Spoil[]): object {
    const copy = structuredClone(config);
    const at = (s: number) => copy.stages?.[s % Math.max(1, copy.stages.length)];
    for (const one of spoils) {
      if (one.kind === "gene" && at(one.s)?.blocks?.[one.b]) at(one.s).blocks[one.b][one.gene] = one.value;
      if (one.kind === "width" && at(one.s)) at(one.s).width = one.value;
      if (one.kind === "depth" && at(one.s)?.blocks) at(one.s).blocks = Array.from({ length: one.n }, (_, i) => structuredClone(at(one.s).blocks[i % at(one.s).blocks.length]));
      if (one.kind === "drop") {
        const stage = at(one.s);
        for (const object of [copy, stage, stage?.blocks?.[0]]) if (object && Object.keys(object).length > 1) delete object[one.field];
      }
      if (one.kind === "rename") {
        const entries = Object.entries(copy).map(([key, old]) => [key === one.from ? one.to : key, old]);
        for (const key of Object.keys(copy)) delete copy[key];
        Object.assign(copy, Object.fromEntries(entries));
      }
      if (one.kind === "fewer" && copy.stages?.length > one.n) copy.stages.splice(one.s % (copy.stages.length - one.n + 1), one.n);
      if (one.kind === "more" && copy.stages) copy.stages.splice(one.s, 0, structuredClone(at(one.from)));
      if (one.kind === "swap" && copy.stages) [copy.stages[one.s], copy.stages[one.t]] = [at(one.t), at(one.s)];
      if (one.kind === "root" && one.field in copy) copy[one.field] = one.value;
      if (one.kind === "budget") copy.provenance = { tool: "a", version: "1", date: "d", accuracyPredictor: "a", latencyPredictor: "l", budget: 120, seed: 1 };
    }
    copy.stages = copy.stages?.filter((stage: unknown) => stage !== undefined);
    if (copy.stages === undefined) delete copy.stages;
    return copy;
  }

  it("removes its problem and leaves a text that can be read", () => {
    let applied = 0;
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(plainConfigs(CPU, 256), fc.array(spoil, { minLength: 1, maxLength: 3 }), styles, (config, spoils, style) => {
        // As we write it is for configs that are right.
        const { name, write } = STYLES[style.replace("JSON as we write it", "JSON with tabs").replace("YAML as we write it", "YAML in blocks")]!;
        const text = write(spoilt(config, spoils));
        const problems = analyse(text, name).problems();
        for (const problem of problems) {
          for (const fix of problem.fixes) {
            const fixed = applyEdits(text, fix.edits);
            const after = analyse(fixed, name).problems();
            applied++;
            seen.set(problem.code, (seen.get(problem.code) ?? 0) + 1);
            const context = `${fix.title}\n${text}\n=>\n${fixed}`;
            expect(after.map(placeOf), context).not.toContain(placeOf(problem));
            expect(after.map(({ code }) => code), context).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(syntax|unreadable)$/)]));
            if (problems.filter(({ severity }) => severity === "error").every((one) => one === problem)) expect(() => readConfig({ name, text: fixed }), context).not.toThrow();
          }
        }
      }),
      { numRuns: 300 },
    );
    console.log(`fixes applied: ${applied}, ${[...seen].map(([code, n]) => `${code} ${n}`).join(", ")}`);
    expect(applied).toBeGreaterThan(500);
    for (const code of ["stage-count", "stage-width", "depth", "expand", "kernel", "missing-field", "unknown-field", "unknown-space", "resolution", "over-budget", "wrong-value", "wrong-type"]) expect([...seen.keys()]).toContain(code);
  });
});
