import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { digestOf } from "../../src/runs/digest.js";
import { Journal, readResult } from "../../src/runs/journal.js";
import { formatLine } from "../../src/runs/journalLine.js";
import type { Request } from "../../src/shared/messages.js";
import { temporaryFolder } from "./helpers.js";

test("the newest checkpoint and the newest result count, also from two writers", () => {
  const path = join(temporaryFolder(), "journal.jsonl");
  const first = Journal.open(path, "aa");
  const second = Journal.open(path, "aa");
  first.checkpoint({ step: 1 });
  second.checkpoint({ step: 2 });
  first.checkpoint({ step: 3 });
  expect(Journal.open(path, "aa").found).toEqual({
    request: "aa", checkpoint: { kind: "checkpoint", state: { step: 3 } }, result: null,
  });
  second.result(["old"]);
  first.result(["new"]);
  expect(Journal.open(path, "aa").found.result).toEqual({ kind: "result", result: ["new"] });
});

test("a file that is no journal is moved aside, not destroyed", () => {
  const folder = temporaryFolder();
  const path = join(folder, "thesis.txt");
  writeFileSync(path, "ten years of work");
  const journal = Journal.open(path, "aa");
  journal.checkpoint(1);
  const kept = readdirSync(folder).filter((name) => name.startsWith("thesis.txt.unreadable"));
  expect(kept).toHaveLength(1);
  expect(readFileSync(join(folder, kept[0]!), "utf8")).toBe("ten years of work");
});

test("a good line of another version is refused by file and line, and kept", () => {
  const path = join(temporaryFolder(), "journal.jsonl");
  writeFileSync(path, formatLine({ kind: "run", version: 2, request: "aa" }));
  expect(() => Journal.open(path, "aa")).toThrow(/journal\.jsonl:1: not a journal this version can read.*expected/);
  expect(statSync(path).size).toBeGreaterThan(0);
});

test("a journal of hours stays small and keeps the newest checkpoint", () => {
  const folder = temporaryFolder();
  const path = join(folder, "journal.jsonl");
  const journal = Journal.open(path, "aa", 10_000);
  const ballast = "x".repeat(1000);
  for (let step = 0; step < 100; step++) {
    journal.checkpoint({ step, ballast });
    expect(statSync(path).size).toBeLessThan(12_000);
  }
  expect(Journal.open(path, "aa").found.checkpoint).toEqual({ kind: "checkpoint", state: { step: 99, ballast } });
  expect(readdirSync(folder)).toEqual(["journal.jsonl"]);
});

test("readResult: null for a missing file, a running journal and a torn result", async () => {
  const path = join(temporaryFolder(), "journal.jsonl");
  expect(await readResult(path)).toBeNull();
  expect(existsSync(path)).toBe(false);
  const journal = Journal.open(path, "aa");
  expect(await readResult(path)).toBeNull();
  journal.result({ ok: true });
  expect((await readResult(path))?.result).toEqual({ ok: true });
  writeFileSync(path, readFileSync(path).subarray(0, -1));
  expect(await readResult(path)).toBeNull();
});

test("the digest of a request does not hang on the order of its keys, but on every value", () => {
  const request: Request = { kind: "validate", config: { name: "a", text: "b" }, space: { name: "c", text: "d" } };
  const turned: Request = { space: { text: "d", name: "c" }, config: { text: "b", name: "a" }, kind: "validate" };
  expect(digestOf(turned)).toBe(digestOf(request));
  expect(digestOf({ ...request, space: { name: "c", text: "e" } })).not.toBe(digestOf(request));
});
