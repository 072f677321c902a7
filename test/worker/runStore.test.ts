import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Journal } from "../../src/runs/journal.js";
import { isKind, RunStore } from "../../src/runs/runStore.js";
import { InputError } from "../../src/shared/errors.js";
import type { SearchRequest } from "../../src/shared/messages.js";
import type { ProfileRequest } from "../../src/shared/profile.js";
import { temporaryFolder } from "./helpers.js";

const source = { name: "x", text: "{}" };
const request: SearchRequest = {
  kind: "search", space: source, accuracy: source, latency: source, budget: 55, seed: 1, evaluations: null,
};

test("runs are created, listed newest first, changed and deleted", async () => {
  const folder = join(temporaryFolder(), "not", "yet", "there");
  const store = new RunStore(folder);
  expect(await store.list()).toEqual([]);
  const first = await store.create({ title: "first", request });
  await new Promise((resolve) => setTimeout(resolve, 5));
  const second = await store.create({ title: "second", request: { ...request, budget: 60 } });
  expect((await store.list()).map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(first).toMatchObject({ state: "running", restarts: 0, error: null, request });

  await Promise.all([
    store.update(first.id, { state: "failed" }),
    store.update(first.id, { error: "why" }),
    store.update(first.id, { restarts: 2 }),
  ]);
  expect((await new RunStore(folder).list())[1]).toEqual({ ...first, state: "failed", error: "why", restarts: 2 });
  expect(readdirSync(join(folder, first.id))).toEqual(["run.json"]);

  await store.delete(first.id);
  await store.delete(first.id);
  expect((await store.list()).map(({ id }) => id)).toEqual([second.id]);
  await expect(store.update(first.id, { state: "done" })).rejects.toThrow(InputError);
});

test("unreadable runs are reported, not in the way", async () => {
  const folder = temporaryFolder();
  const unreadable: string[] = [];
  const store = new RunStore(folder, (id, why) => unreadable.push(`${id}: ${why}`));
  const good = await store.create({ title: "good", request });
  const record = readFileSync(join(folder, good.id, "run.json"), "utf8");
  const bad = { empty: "", torn: record.slice(0, -20), foreign: record, wrong: '{"version":1,"id":"wrong"}', list: "[]" };
  for (const [id, content] of Object.entries(bad)) {
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, "run.json"), content);
  }
  mkdirSync(join(folder, "nothing-in-it"));
  expect((await store.list()).map(({ id }) => id)).toEqual([good.id]);
  expect(unreadable).toHaveLength(6);
  for (const why of unreadable) expect(why).toMatch(/run\.json: cannot read the run \(found .*, expected .*\)\. Delete/);
});

test("a run without a result has none; a malformed one is refused by file and place", async () => {
  const store = new RunStore(temporaryFolder());
  const { id } = await store.create({ title: "run", request });
  expect(await store.readResult(id, "search")).toBeNull();
  const journal = Journal.open(store.journalPath(id), "aa");
  expect(await store.readResult(id, "search")).toBeNull();
  journal.result({ status: "perfect" });
  await expect(store.readResult(id, "search")).rejects.toThrow(/journal\.jsonl.*status/);
});

test("a profile is a run like a search, beside runs of earlier versions", async () => {
  const folder = temporaryFolder();
  const store = new RunStore(folder);
  const profile: ProfileRequest = {
    kind: "profile", space: source, resolution: 224, precision: "int8", threads: 1, executionProvider: "cpu", samples: 40, target: 0.02,
    timeLimitMs: 60_000, rounds: 60, seed: 1,
  };
  const { id } = await store.create({ title: "AMD EPYC, int8, 224 px", request: profile });
  // As version 0.1.0 wrote it.
  const old = { version: 1, id: "old", title: "old", startedAt: "2026-01-01T00:00:00.000Z", state: "done", restarts: 0, error: null, request };
  mkdirSync(join(folder, "old"));
  writeFileSync(join(folder, "old", "run.json"), JSON.stringify(old));
  const records = await store.list();
  expect(records.map((record) => [record.id, record.request.kind])).toEqual([[id, "profile"], ["old", "search"]]);
  expect(isKind(records[0]!, "profile")).toBe(true);
  expect(records[0]!.request).toEqual(profile);

  Journal.open(store.journalPath(id), "aa").result({ status: "ok" });
  await expect(store.readResult(id, "profile")).rejects.toThrow(/journal\.jsonl.*device/);
});

test("names and pins are kept; a run of an earlier version has neither, and can be given them", async () => {
  const folder = temporaryFolder();
  const store = new RunStore(folder);
  const old = { version: 1, id: "old", title: "old", startedAt: "2026-01-01T00:00:00.000Z", state: "done", restarts: 0, error: null, request };
  mkdirSync(join(folder, "old"));
  writeFileSync(join(folder, "old", "run.json"), JSON.stringify(old));
  expect(await store.list()).toEqual([old]);
  await store.update("old", { name: "the first", pinned: true });
  expect(await new RunStore(folder).list()).toEqual([{ ...old, name: "the first", pinned: true }]);
  await store.update("old", { name: null, pinned: false });
  expect(await store.list()).toEqual([{ ...old, name: null, pinned: false }]);
  const begun = await store.create({ title: "new", name: "mine", begunWith: { foxnas: "1.2.3", node: "20.0.0" }, request });
  expect((await store.list()).find(({ id }) => id === begun.id)).toMatchObject({ name: "mine", begunWith: { foxnas: "1.2.3", node: "20.0.0" } });
});

test("a discarded run is out of the list, comes back whole, and is gone after a purge", async () => {
  const folder = temporaryFolder();
  const store = new RunStore(folder);
  const run = await store.create({ title: "run", request });
  writeFileSync(store.journalPath(run.id), "a journal");
  await store.discard(run.id);
  expect(await store.list()).toEqual([]);
  await expect(store.discard(run.id)).rejects.toThrow(InputError);
  await store.restore(run.id);
  expect(await store.list()).toEqual([run]);
  expect(readFileSync(store.journalPath(run.id), "utf8")).toBe("a journal");
  await expect(store.restore(run.id)).rejects.toThrow(/not there any more/);
  await store.discard(run.id);
  await store.purge();
  await store.purge();
  await expect(store.restore(run.id)).rejects.toThrow(InputError);
  expect(readdirSync(folder)).toEqual([]);
});

test("an id that could leave the folder is refused", async () => {
  const store = new RunStore(temporaryFolder());
  for (const id of ["..", ".", "", "a/../../b", "/etc", "a\\b", "A", "__proto__", "a".repeat(65)]) {
    expect(() => store.journalPath(id), id).toThrow(InputError);
    await expect(store.delete(id), id).rejects.toThrow(InputError);
    await expect(store.discard(id), id).rejects.toThrow(InputError);
    await expect((async () => store.restore(id))(), id).rejects.toThrow(InputError);
    await expect(store.update(id, {}), id).rejects.toThrow(InputError);
  }
});
