import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSamples, samplesText } from "../../../src/shared/samples/index.js";
import { FOXNAS, problemOf, publishedText, SMALL, spaceText, stagesOf } from "./examples.js";
import { readSpace } from "../../../src/shared/files/index.js";
import type { Architecture } from "../../../src/shared/architecture.js";
import type { Target } from "../../../src/shared/predictor.js";
import type { Space } from "../../../src/shared/space.js";

const value = fc.double({ min: 1.5, max: 99.5, noNaN: true });
const rows = (space: Space) => fc.array(fc.record({ stages: stagesOf(space), accuracy: value, latency: value }), { minLength: 1, maxLength: 6 });

/** As the published layout gives it back: the other blocks by rising expand ratio, then kernel size. */
const unordered = (stages: Architecture["stages"]) =>
  stages.map(({ width, blocks: [first, ...rest] }) => ({ width, blocks: [first, ...rest.sort((a, b) => a.expand - b.expand || a.kernel - b.kernel)] }));

const shuffled = (text: string, seed: number): string => {
  const table = text.trimEnd().split("\n").map((line) => line.split(","));
  const order = table[0]!.map((_, i) => i).sort((a, b) => ((a * 7919 + seed) % 104_729) - ((b * 7919 + seed) % 104_729));
  return table.map((cells) => order.map((i) => cells[i]).join(",")).join("\n");
};

describe.each([FOXNAS, SMALL])("samples of a space", (space) => {
  it("come back from this project's own layout, blocks in order", () => {
    fc.assert(
      fc.property(rows(space), fc.nat(), fc.boolean(), (written, seed, crlf) => {
        const text = shuffled(samplesText(written.map(({ stages, accuracy }) => ({ stages, value: accuracy })), space, "accuracy"), seed);
        const samples = readSamples({ name: "s.csv", text: crlf ? text.replaceAll("\n", "\r\n") : text }, space, "accuracy");
        expect(samples).toEqual(written.map(({ stages, accuracy }, i) => ({ stages, value: accuracy, line: i + 2 })));
      }),
      { numRuns: 200 },
    );
  });

  it("come back from the published layout, the other blocks by rising choice", () => {
    fc.assert(
      fc.property(rows(space), fc.nat(), (written, seed) => {
        const text = shuffled(publishedText(space, written), seed);
        for (const target of ["accuracy", "latency"] as const) {
          const expected = written.map((row, i) => ({ stages: unordered(row.stages), value: row[target], line: i + 2 }));
          expect(readSamples({ name: "s.csv", text }, space, target)).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });
});

const [example] = fc.sample(fc.array(fc.record({ stages: stagesOf(FOXNAS), accuracy: value, latency: value }), { minLength: 3, maxLength: 3 }), { numRuns: 1, seed: 11 });
const published = publishedText(FOXNAS, example!);
const own = samplesText(example!.map(({ stages, latency }) => ({ stages, value: latency })), FOXNAS, "latency");

/** `text` with one cell replaced. */
function withCell(text: string, row: number, column: string, cell: string | ((old: string) => string)): string {
  const table = text.trimEnd().split("\n").map((line) => line.split(","));
  const index = table[0]!.indexOf(column);
  if (index < 0) throw new Error(`no column ${column}`);
  table[row]![index] = typeof cell === "string" ? cell : cell(table[row]![index]!);
  return table.map((cells) => cells.join(",")).join("\n");
}

function withoutColumn(text: string, column: string): string {
  const table = text.trimEnd().split("\n").map((line) => line.split(","));
  const index = table[0]!.indexOf(column);
  return table.map((cells) => cells.filter((_, i) => i !== index).join(",")).join("\n");
}

const problem = (text: string, target: Target = "latency", space = FOXNAS) => problemOf(() => readSamples({ name: "s.csv", text }, space, target));
const plus = (n: number) => (old: string) => String(Number(old) + n);

describe("a wrong cell of the published layout is named by line and column", () => {
  it.each([
    ["a word", 2, "tot_e_40", "six", "tot_e_40", "this is not a number"],
    ["a decimal comma", 1, "latency", '"72,8"', "latency", "this is not a number"],
    ["hexadecimal", 1, "latency", "0x10", "latency", "this is not a number"],
    ["NaN", 3, "latency", "NaN", "latency", "the number is not finite"],
    ["infinity", 3, "avg_k_80", "-inf", "avg_k_80", "the number is not finite"],
    ["a number beyond every double", 3, "latency", "1e999", "latency", "the number is not finite"],
    ["an empty cell", 1, "tot_112", "", "tot_112", "the cell is empty"],
    ["a depth outside the space", 1, "tot_24", "5", "tot_24", "the depth is outside the space"],
    ["an expand ratio outside the space", 2, "tot_e_16_24", "5", "tot_e_16_24", "the expand ratio is outside the space"],
    ["a kernel size outside the space", 2, "tot_k_112_160", "4", "tot_k_112_160", "the kernel size is outside the space"],
    ["a negative latency", 2, "latency", "-1", "latency", "this cannot be a latency"],
    ["half a block", 2, "se_e6_k7_160_I", "0.5", "se_e6_k7_160_I", "this is not a count of blocks"],
  ])("%s", (_, row, column, cell, field, what) => {
    expect(problem(withCell(published, row, column, cell))).toMatchObject({ file: "s.csv", line: row + 1, field: `column "${field}"`, what });
  });

  it.each(["tot_e_40", "avg_e_40", "tot_k_112", "avg_k_160"])("a disagreement of %s with the blocks", (column) => {
    expect(problem(withCell(published, 2, column, plus(1)))).toMatchObject({ line: 3, field: `column "${column}"`, what: "the row disagrees with itself" });
  });

  it("a disagreement of the transition block, of the depth and of the counts", () => {
    const first = example![0]!.stages[0]!.blocks[0]!;
    const other = first.expand === 2 ? 3 : 2;
    expect(problem(withCell(published, 1, "tot_e_16_24", String(other)))).toMatchObject({ line: 2, field: 'column "tot_e_16_24"', what: "the row disagrees with itself" });
    const depth = example![0]!.stages[1]!.blocks.length;
    const deeper = withCell(published, 1, "tot_40", String(depth === 2 ? 3 : 2));
    expect(problem(deeper)).toMatchObject({ line: 2, what: expect.stringMatching(/^the row disagrees|^this is not a count/) as string });
    const none = withCell(published, 1, `mbcv_e${first.expand}_k${first.kernel}_24`, "0");
    expect(problem(none)).toMatchObject({ line: 2, what: expect.stringContaining("too few blocks") as string });
    const two = withCell(published, 1, `mbcv_e${other}_k${first.kernel}_24`, "1");
    expect(problem(two)).toMatchObject({ line: 2, what: expect.stringContaining("too many blocks") as string });
  });

  it("a block of a space with more choices", () => {
    const ofa = readSpace({ name: "ofa-mbv3", text: spaceText("ofa-mbv3") });
    const mine = example!.findIndex(({ stages }) => stages.some(({ blocks }) => blocks.some((b) => b.expand === 2)));
    expect(mine).toBeGreaterThanOrEqual(0);
    expect(problem(published, "latency", ofa)).toMatchObject({ what: "the expand ratio is outside the space", found: "2", expected: expect.stringContaining("3, 4 or 6") as string });
  });

  it("fractions where percentages belong", () => {
    let text = published;
    for (const row of [1, 2, 3]) text = withCell(text, row, "acc", `0.7${row}`);
    expect(problem(text, "accuracy")).toMatchObject({ line: 2, field: 'column "acc"', what: expect.stringContaining("fractions") as string });
    expect(problem(withCell(published, 3, "acc", "100.5"), "accuracy")).toMatchObject({ line: 4, what: "this cannot be an accuracy" });
  });
});

describe("a wrong cell of this project's layout is named by line and column", () => {
  it.each([
    ["a word", 2, "s24_b1_e", "six", "s24_b1_e", "this is not a number"],
    ["a choice outside the space", 1, "s80_b2_k", "9", "s80_b2_k", "the kernel size is outside the space"],
    ["an empty cell in a block", 3, "s160_b1_k", "", "s160_b1_k", "the cell is empty"],
    ["an empty target", 3, "latency", "", "latency", "the cell is empty"],
  ])("%s", (_, row, column, cell, field, what) => {
    expect(problem(withCell(own, row, column, cell))).toMatchObject({ file: "s.csv", line: row + 1, field: `column "${field}"`, what });
  });

  it("a gap between blocks, and a depth outside the space", () => {
    const gap = withCell(withCell(own, 1, "s24_b1_e", ""), 1, "s24_b1_k", "");
    expect(problem(gap)).toMatchObject({ line: 2, field: 'column "s24_b1_e"', what: expect.stringContaining("later block") as string });
    let shallow = own;
    for (const b of [2, 3, 4]) for (const c of ["e", "k"]) shallow = withCell(shallow, 1, `s40_b${b}_${c}`, "");
    expect(problem(shallow)).toMatchObject({ line: 2, field: 'column "s40_b2_e"', what: "the depth is outside the space", found: "1 blocks" });
  });

  it("a block the space does not have", () => {
    const text = own.split("\n").map((line, i) => (line === "" ? "" : `${line},${i === 0 ? "s24_b5_e" : i === 2 ? "3" : ""}`)).join("\n");
    expect(problem(text)).toMatchObject({ line: 3, field: 'column "s24_b5_e"', what: "space foxnas-cpu has no such block" });
  });
});

describe("a wrong file", () => {
  it("without a column", () => {
    for (const column of ["latency", "tot_24", "avg_e_112", "tot_e_16_24", "se_e2_k3_40", "mbcv_e6_k7_80_I"]) {
      expect(problem(withoutColumn(published, column))).toMatchObject({ line: 1, field: `column "${column}"`, what: "the column is missing" });
    }
    expect(problem(withoutColumn(published, "acc"), "accuracy").field).toBe('column "acc"');
    expect(problem(withoutColumn(own, "s112_b3_k"))).toMatchObject({ line: 1, field: 'column "s112_b3_k"' });
    expect(problem(withoutColumn(published, "se_e2_k3_40")).next).toContain("cannot be rebuilt");
  });

  it("empty, without data, with a name twice, ragged, or with broken quotes", () => {
    expect(problem("")).toMatchObject({ line: 1, what: "the file is empty" });
    expect(problem("\uFEFF\r\n\r\n")).toMatchObject({ line: 1, what: "the file is empty" });
    expect(problem(published.split("\n")[0]!)).toMatchObject({ line: 2, what: "the file has a header and no data" });
    expect(problem(published.replace("tot_40", "tot_24"))).toMatchObject({ line: 1, field: 'column "tot_24"', what: "the header has the name twice" });
    const lines = published.split("\n");
    expect(problem([lines[0], lines[1], lines[2]!.replace(/,\d+$/, "")].join("\n"))).toMatchObject({ line: 3, field: 'column "se_e6_k7_160_I"', what: "the row ends before this column" });
    expect(problem([lines[0], `${lines[1]},1`].join("\n"))).toMatchObject({ line: 2, what: "the row goes on after the last column" });
    expect(problem([lines[0], lines[1], `"${lines[2]}`, lines[3]].join("\n"))).toMatchObject({ line: 3, what: "a quoted field does not end" });
    expect(problem([lines[0], `"0"x${lines[1]}`].join("\n"))).toMatchObject({ line: 2, what: "text follows a quoted field" });
    expect(problem("acc;latency\n1;2")).toMatchObject({ found: "columns separated by ';'" });
  });
});

describe("what is no problem", () => {
  it("quoted fields with line breaks, CRLF, a byte-order mark, blank lines, spaces and a thousand more columns", () => {
    const extra = Array.from({ length: 1000 }, (_, i) => `note ${i}`);
    const lines = published.trimEnd().split("\n");
    const cells = lines.slice(1).map((line) => ['"a, ""b""\r\nc"', ...line.split(",").map((cell) => `"${cell}"`), ...extra.map(() => "")].join(","));
    const header = ["text", ...lines[0]!.split(",").map((name) => ` ${name} `), ...extra].join(",");
    const text = `\uFEFF${[header, cells[0], "", ...cells.slice(1), "", ""].join("\r\n")}`;
    const samples = readSamples({ name: "s.csv", text }, FOXNAS, "latency");
    expect(samples.map(({ value: v }) => v)).toEqual(example!.map(({ latency }) => latency));
    expect(samples.map(({ line }) => line)).toEqual([2, 5, 7]);
    // The text of line 5 goes on in line 6, where the cell stands.
    const wrong = text.replace(`"${example![1]!.latency}"`, '"?"');
    expect(problem(wrong)).toMatchObject({ line: 6, field: 'column "latency"' });
  });
});

describe("the published samples", () => {
  const file = join(process.env.FOXNAS_DATA ?? "../shared/data", "foxnas-cpu-256.csv");
  const there = existsSync(file);
  if (!there) console.warn(`!! ${file} is not there: the published samples are NOT tested. Set FOXNAS_DATA.`);

  it.runIf(there)("are read whole and agree with themselves", () => {
    const text = readFileSync(file, "utf8");
    for (const target of ["accuracy", "latency"] as const) {
      const samples = readSamples({ name: "foxnas-cpu-256.csv", text }, FOXNAS, target);
      expect(samples).toHaveLength(300);
      const values = samples.map((s) => s.value).sort((a, b) => a - b);
      const [low, high] = target === "accuracy" ? [69.8, 75.5] : [83.08, 217.44];
      expect(values[0]).toBeCloseTo(low, 2);
      expect(values.at(-1)).toBeCloseTo(high, 2);
      const again = samplesText(samples, FOXNAS, target);
      expect(readSamples({ name: "own.csv", text: again }, FOXNAS, target)).toEqual(samples);
    }
  });
});
