import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { readSpace } from "../../../src/shared/files/index.js";
import { stateOf, until, type Tests } from "./tests.js";

const extension = () => vscode.extensions.getExtension("fox-nas.fox-nas")!.extensionPath;
/** Names of all files below a folder, with `/`. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll("\\", "/"))
    .sort();

export const supernetTests: Tests = {
  "the sample project is copied whole, byte for byte, and replaces nothing": async ({ api, folder }) => {
    const sample = join(extension(), "media", "samples", "shapes");
    const to = join(folder.fsPath, "sample");
    await api.copySample(to);
    try {
      const names = filesBelow(to);
      for (const name of ["README.md", "shapes.safetensors", "shapes.space.json", "data/validation.npz", "data/calibration.npz", "data/classes.txt", "draw.py"]) assert.ok(names.includes(name), name);
      assert.deepEqual(names, filesBelow(sample));
      for (const name of names) assert.ok(readFileSync(join(to, name)).equals(readFileSync(join(sample, name))), name);
      await assert.rejects(api.copySample(to), { name: "InputError", message: /something is there already/ });
      assert.deepEqual(filesBelow(to), names);
      // What was gathered beside it is gone.
      assert.deepEqual(readdirSync(folder.fsPath).filter((name) => name.startsWith(".sample-")), []);
    } finally {
      rmSync(to, { recursive: true });
    }
  },

  "a folder with anything in it, or a file, is left as it is; an empty folder is filled": async ({ api, folder }) => {
    const { space: source } = await api.builtIn("foxnas-cpu");
    const space = readSpace(source);
    const [taken, file, empty] = ["taken", "file", "empty"].map((name) => join(folder.fsPath, name)) as [string, string, string];
    mkdirSync(taken);
    writeFileSync(join(taken, "mine.txt"), "mine");
    writeFileSync(file, "mine");
    mkdirSync(empty);
    try {
      for (const to of [taken, file]) await assert.rejects(api.writeKit(to, space), { name: "InputError", message: /something is there already/ });
      assert.deepEqual(filesBelow(taken), ["mine.txt"]);
      assert.equal(readFileSync(file, "utf8"), "mine");
      await api.writeKit(empty, space);
      const names = filesBelow(empty);
      for (const name of ["README.md", "train.py", "export.py", "requirements.txt", "foxnas-cpu.space.json"]) assert.ok(names.includes(name), name);
      assert.deepEqual(names.filter((name) => name !== "foxnas-cpu.space.json"), filesBelow(join(extension(), "media", "templates", "supernet")));
      const text = readFileSync(join(empty, "foxnas-cpu.space.json"), "utf8");
      assert.deepEqual(readSpace({ name: "foxnas-cpu.space.json", text }), space);
    } finally {
      for (const path of [taken, file, empty]) rmSync(path, { recursive: true });
    }
  },

  "a small evaluation of the sample is found, stored, listed, and its predictor offered to a search": async ({ api, folder }) => {
    const to = join(folder.fsPath, "sample");
    await api.copySample(to);
    try {
      const supernet = await until("the supernet", async () => (await api.supernetFiles()).find((path) => path.endsWith("shapes.safetensors")));
      assert.deepEqual(await api.dataFolders(supernet), [join(to, "data")]);
      const space = { name: "shapes.space.json", text: readFileSync(join(to, "shapes.space.json"), "utf8") };
      const found = await api.inspect(space, supernet, join(to, "data"));
      assert.ok(found !== undefined);
      assert.deepEqual([found.cards.data.validation, found.cards.data.calibration, found.cards.data.classes.length], [2000, 500, 10]);
      await assert.rejects(api.inspect(space, join(to, "README.md"), join(to, "data")), { name: "InputError", message: /README\.md/ });

      const id = await api.runs.start(
        {
          kind: "evaluate", space, supernet: found.supernet, data: found.data, resolution: 32, calibrationImages: 40, validationImages: 60, ranges: "minmax", threads: 1, seed: 1,
          precisions: ["fp32"], subnets: { kind: "design", samples: 20, heldOut: 4, form: "log-saturating" },
        },
        "shapes at 32 px",
      );
      const state = await stateOf(api, id, "done", "failed");
      assert.equal(state, "done", (await api.runs.record(id))?.error ?? "");
      const view = await api.runs.view(id);
      assert.ok(view?.kind === "evaluate" && view.result?.fit != null);
      assert.deepEqual([view.asked.samples, view.asked.heldOut, view.asked.given, view.supernet], [20, 4, 0, "shapes.safetensors"]);
      assert.equal(view.result.subnets.length, 24);
      assert.ok(!("predictor" in view.result.fit));
      const row = (await api.runs.list()).find((run) => run.record.id === id)!;
      assert.ok(row.found?.kind === "evaluate" && row.found.subnets === 24 && row.found.most >= row.found.least);
      const entry = (await api.library.predictors()).entries.find(({ key }) => key === `run:${id}`);
      assert.equal(entry?.content.evaluated?.supernet.digest, found.supernet.digest);
      assert.equal(entry.content.target, "accuracy");
      await api.runs.delete(id);
    } finally {
      rmSync(to, { recursive: true });
    }
  },

  "cancel and resume in mid-evaluation: it goes on where it was": async ({ api, folder }) => {
    const to = join(folder.fsPath, "sample");
    await api.copySample(to);
    try {
      const space = { name: "shapes.space.json", text: readFileSync(join(to, "shapes.space.json"), "utf8") };
      const found = (await api.inspect(space, join(to, "shapes.safetensors"), join(to, "data")))!;
      const id = await api.runs.start(
        {
          kind: "evaluate", space, supernet: found.supernet, data: found.data, resolution: 32, calibrationImages: 100, validationImages: 500, ranges: "minmax", threads: 1, seed: 1,
          precisions: ["fp32"], subnets: { kind: "design", samples: 20, heldOut: 0, form: "log-saturating" },
        },
        "shapes at 32 px",
      );
      const done = () => api.runs.progressOf(id, "evaluate")?.done ?? 0;
      // Progress counts images: 100 + 500 a subnet.
      const perSubnet = 600;
      await until("some subnets", () => (done() > 3 * perSubnet ? true : undefined));
      api.runs.cancel(id);
      const before = done();
      assert.equal(await stateOf(api, id, "cancelled", "done"), "cancelled");
      await api.runs.resume(id);
      const first = await until("the first progress", () => api.runs.progressOf(id, "evaluate") ?? undefined);
      // What was being written when it was cancelled may be measured again, nothing before it.
      assert.ok(first.done > (Math.floor(before / perSubnet) - 1) * perSubnet, `went on at ${first.done} after ${before}`);
      assert.equal(await stateOf(api, id, "done", "failed"), "done");
      assert.equal((await api.runs.result(id, "evaluate"))?.subnets.length, 20);
      await api.runs.delete(id);
    } finally {
      rmSync(to, { recursive: true });
    }
  },
};
