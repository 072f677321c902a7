import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { judgeReplay, readReplay, writeReplay } from "../../src/host/runs/replayFile.js";
import { temporaryFolder } from "./helpers.js";

const expected = { found: { value: 75.5 }, search: { elapsedMs: 12 } };

test("a result is judged once, and the earlier one is then kept no longer", async () => {
  const folder = temporaryFolder();
  expect(await readReplay(folder)).toBeNull();
  await judgeReplay(folder, "search", expected);
  expect(await readReplay(folder)).toBeNull();

  await writeReplay(folder, { version: 1, of: "a.foxnas-run.json", expected, verdict: null });
  await judgeReplay(folder, "search", { found: { value: 75.5 }, search: { elapsedMs: 99 } });
  const judged = { version: 1, of: "a.foxnas-run.json", verdict: { kind: "same" } };
  expect(JSON.parse(readFileSync(join(folder, "replay.json"), "utf8"))).toEqual(judged);
  // A run that is judged stays judged, whatever comes after a crash.
  await judgeReplay(folder, "search", {});
  expect(await readReplay(folder)).toEqual(judged);
});

test("the first difference is kept; what times something is not compared", async () => {
  const folder = temporaryFolder();
  await writeReplay(folder, { version: 1, of: "x", expected, verdict: null });
  await judgeReplay(folder, "finalists", { ...expected, found: { value: 75.4 } });
  expect((await readReplay(folder))?.verdict).toEqual({ kind: "different", field: "found.value", was: "75.5", is: "75.4" });
  await writeReplay(folder, { version: 1, of: "x", expected, verdict: null });
  await judgeReplay(folder, "bench", { ...expected, found: { value: 75.4 } });
  expect((await readReplay(folder))?.verdict).toEqual({ kind: "measured" });
});

test("a torn or foreign file counts as none", async () => {
  const folder = temporaryFolder();
  for (const text of ["", "{", "[]", '{"version":2}', '{"version":1,"of":"x","verdict":{"kind":"perhaps"}}']) {
    writeFileSync(join(folder, "replay.json"), text);
    expect(await readReplay(folder), text).toBeNull();
  }
});
