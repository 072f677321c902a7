import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countsOf, failuresOf } from "../../../scripts/lib/counts.mjs";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), "fox-nas-counts-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const tests = (...states: string[]) => states.map((status, i) => ({ status, fullName: `${status} ${i}` }));
/** A report of vitest with these files. */
function report(...testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[]): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, JSON.stringify({ testResults }));
  return file;
}
const good = { name: "good", status: "passed", assertionResults: tests("passed", "passed", "skipped") };
const bad = { name: "bad", status: "failed", assertionResults: tests("passed", "failed", "todo") };
const broken = { name: "broken", status: "failed", assertionResults: [] };

describe("counts of a test run", () => {
  it("adds up every file; one that broke before its first test is a failure", () => {
    expect(countsOf(report(good, bad, broken), 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
    expect(failuresOf(report(good, bad, broken))).toEqual({ files: ["bad", "broken"], tests: ["failed 1"] });
  });

  it("leaves out the files that run once more", () => {
    expect(countsOf(report(good, bad, broken), 1, ["bad", "broken"])).toEqual({ passed: 2, failed: 0, skipped: 1 });
    expect(countsOf(report(good, bad, broken), 1, ["bad"])).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it("a run that ended badly without saying where, or left no report, has failed", () => {
    expect(countsOf(report(good), 1)).toEqual({ passed: 2, failed: 1, skipped: 1 });
    expect(countsOf(report(good), 0)).toEqual({ passed: 2, failed: 0, skipped: 1 });
    expect(countsOf(path.join(folder, "none.json"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(failuresOf(path.join(folder, "none.json"))).toEqual({ files: [], tests: [] });
  });
});
