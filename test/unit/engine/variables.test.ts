import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTerm, readTerm, readVariable, variablesOf } from "../../../src/engine/variables.js";
import { gap, once, readName, stagesOf } from "./helpers.js";
import { FOXNAS, hasData, publishedColumns, publishedSamples } from "./published.js";
import { SHAPES } from "./shapes.js";

/** Names that the oracle reads; whatever else a space has is for the tests of the forms that brought it. */
const ORACLE = /^((log_)?tot|(tot|avg)_[ek]|tot_ekk|(avg_)?log_[ek]|depth\d|(mbcv|se)_e[\d.]+_k\d+)(_\d+){1,2}(_I)?$/;

describe.runIf(hasData)("variables of the 300 published samples", () => {
  const variables = variablesOf(FOXNAS);
  const table = once(publishedColumns);
  const shared = once(() => [...table().keys()].filter((name) => variables.has(name)));

  it("include every column that the published forms use", () => {
    const widths = [16, 24, 40, 80, 112, 160];
    const expected = widths.slice(1).flatMap((w, i) => [`tot_${w}`, `avg_e_${w}`, `avg_k_${w}`, `tot_e_${w}`, `tot_k_${w}`, `tot_e_${widths[i]}_${w}`, `tot_k_${widths[i]}_${w}`]);
    expect(shared()).toEqual(expect.arrayContaining(expected));
  });

  it.each(["accuracy", "latency"] as const)("equal the published columns, read from the architectures rebuilt for %s", (target) => {
    const samples = publishedSamples(target);
    const columns = table();
    expect(samples).toHaveLength(300);
    for (const name of shared()) {
      const term = parseTerm(variables, name);
      samples.forEach(({ stages }, row) => expect(Math.abs(readTerm(term, stages) - columns.get(name)![row]!), `${name}, row ${row}`).toBeLessThan(1e-9));
    }
    const values = columns.get(target === "accuracy" ? "acc" : "latency")!;
    samples.forEach(({ value }, row) => expect(value).toBe(values[row]));
  });
});

describe.each([["foxnas-cpu", FOXNAS], ["a person's own space", SHAPES.space]] as const)("variables of %s", (_, space) => {
  const variables = variablesOf(space);
  const names = [...variables.keys()].filter((name) => ORACLE.test(name));

  it("are the ones of the forms and of the published table", () => {
    const blocks = space.stages.map(({ expand, kernel, depth }) => 2 * expand.length * kernel.length + depth.length);
    expect(names).toHaveLength(14 * space.stages.length + blocks.reduce((a, b) => a + b));
  });

  it("mean what their names say, for any architecture", () => {
    fc.assert(
      fc.property(stagesOf(space), (stages) => {
        for (const name of names) {
          const variable = variables.get(name)!;
          expect(gap(readVariable(variable, stages[variable.stage]!.blocks), readName(name, stages)), name).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it("multiply in a term, which belongs to a stage where all its variables do", () => {
    fc.assert(
      fc.property(stagesOf(space), fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }), (stages, factors) => {
        const term = parseTerm(variables, factors.join(":"));
        expect(gap(readTerm(term, stages), factors.reduce((product, name) => product * readName(name, stages), 1))).toBeLessThan(1e-12);
        const owners = new Set(factors.map((name) => name.replace(/_I$/, "").split("_").at(-1)));
        expect(term.stage).toBe(owners.size > 1 ? null : space.stages.findIndex(({ width }) => String(width) === [...owners][0]));
      }),
    );
  });
});

describe("a term of an unknown variable", () => {
  it.each(["tot_25", "tot_24:avg_x_24", "", "tot_24:", ":", "tot_24*tot_40", "Tot_24", "constructor", "depth5_24", "tot_e_24_16"])("is refused by name: %j", (name) => {
    const unknown = name.split(":").find((part) => !variablesOf(FOXNAS).has(part));
    expect(() => parseTerm(variablesOf(FOXNAS), name)).toThrow(
      expect.objectContaining({
        name: "ModelError",
        what: `${JSON.stringify(unknown)} is no variable of this space`,
        path: ["coefficients", name],
        found: JSON.stringify(name),
        expected: expect.stringContaining("tot_24") as string,
      }) as Error,
    );
  });
});
