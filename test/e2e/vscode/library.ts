import assert from "node:assert/strict";
import * as vscode from "vscode";
import { InputError } from "../../../src/shared/errors.js";
import type { Tests } from "./tests.js";

const encode = (text: string) => new TextEncoder().encode(text);

export const libraryTests: Tests = {
  "four built-in spaces, and both predictors of foxnas-cpu, are offered": async ({ api }) => {
    const spaces = (await api.library.spaces()).entries.filter((entry) => entry.builtIn).map((entry) => entry.content.id);
    assert.deepEqual(spaces.sort(), ["foxnas-cpu", "foxnas-cpu-relu", "foxnas-tpu", "ofa-mbv3"]);
    const predictors = (await api.library.predictors()).entries.filter((entry) => entry.builtIn && entry.content.space === "foxnas-cpu");
    assert.deepEqual(predictors.map((entry) => entry.content.target).sort(), ["accuracy", "latency"]);
    for (const { content } of predictors) {
      assert.match(content.device ?? "", /Raspberry Pi 4/, content.title);
      assert.ok(content.fit?.crossValidation?.rmse !== undefined, content.title);
    }
  },

  "a predictor of the workspace is offered, a broken one is told with its place": async ({ api, folder }) => {
    const [good, bad] = [vscode.Uri.joinPath(folder, "own.predictor.json"), vscode.Uri.joinPath(folder, "broken.predictor.json")];
    const { accuracy } = await api.builtIn("foxnas-cpu");
    await vscode.workspace.fs.writeFile(good, encode(accuracy.text));
    await vscode.workspace.fs.writeFile(bad, encode('{\n  "version": 1,\n  "target": "speed"\n}\n'));
    try {
      const { entries, unreadable } = await api.library.predictors();
      assert.ok(entries.some((entry) => !entry.builtIn && entry.uri?.path === good.path));
      const error = unreadable.find(({ uri }) => uri.path === bad.path)?.error;
      // The test's own bundle has another InputError class, so go by its name.
      assert.equal((error as Error | undefined)?.name, InputError.name);
      assert.match((error as Error).message, /broken\.predictor\.json:\d+/);
    } finally {
      await vscode.workspace.fs.delete(good);
      await vscode.workspace.fs.delete(bad);
    }
  },

  "a typed budget is judged by the front": async ({ api }) => {
    const front = await api.front(await api.builtIn("foxnas-cpu"));
    assert.ok(front !== null);
    const [fastest, slowest] = [front.points[0]!, front.points.at(-1)!];
    const at = (text: string) => api.adviseBudget(text, front);

    for (const text of ["120", " 120 ms", "120,0"]) assert.equal(at(text).budget, 120, text);
    assert.match(at("120").message, /% predicted.*Raspberry Pi 4.*256 px/);
    for (const text of ["", "abc", "-5", "0", "1e400", "12 s", "NaN", "Infinity", "1,2,3"]) {
      assert.equal(at(text).budget, undefined, text);
      assert.match(at(text).message, /Feasible: /);
    }
    const below = at(String(fastest.latency - 1));
    assert.equal(below.budget, undefined);
    const nearest = /nearest feasible budget is ([\d.]+) ms/.exec(below.message)?.[1];
    assert.ok(nearest !== undefined, below.message);
    // What it proposes must itself pass.
    assert.equal(at(nearest).budget, Number(nearest));
    assert.match(at(String(slowest.latency + 50)).message, /buys nothing/);
    assert.equal(api.adviseBudget("12", null).budget, 12);
  },
};
