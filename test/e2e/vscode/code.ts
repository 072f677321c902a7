import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Tests } from "./tests.js";
import { searchRequest, stateOf, until } from "./tests.js";

const CONFIG = {
  version: 1,
  space: "foxnas-cpu",
  resolution: 224,
  stages: [24, 40, 80, 112, 160].map((width) => ({ width, blocks: [{ expand: 3, kernel: 3 }, { expand: 4, kernel: 5 }] })),
};
const textOf = (config: unknown) => `${JSON.stringify(config, null, 2)}\n`;
const closeAll = () => vscode.commands.executeCommand("workbench.action.closeAllEditors");
const revert = () => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");

/** Files of a test, which it takes away again. */
async function withFiles<T>(folder: vscode.Uri, files: Record<string, string>, work: (at: (name: string) => vscode.Uri) => Promise<T>): Promise<T> {
  const root = join(folder.fsPath, "code");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  try {
    return await work((name) => vscode.Uri.joinPath(folder, "code", name));
  } finally {
    await closeAll();
    rmSync(root, { recursive: true, force: true });
  }
}

const kitchen = { "kitchen.foxnas.json": textOf(CONFIG) };

export const codeTests: Tests = {
  "code: a config is read as it is typed, saved or not": ({ api, folder }) =>
    withFiles(folder, kitchen, async (at) => {
      const saved = await api.code.subject(at("kitchen.foxnas.json"));
      assert.equal(saved?.config.resolution, 224);
      assert.equal(saved.name, "kitchen");
      const editor = await vscode.window.showTextDocument(at("kitchen.foxnas.json"));
      assert.equal(api.code.editedConfig()?.path, at("kitchen.foxnas.json").path);
      const where = editor.document.getText().indexOf("224");
      await editor.edit((edit) => edit.replace(new vscode.Range(editor.document.positionAt(where), editor.document.positionAt(where + 3)), "192"));
      assert.equal((await api.code.subject(at("kitchen.foxnas.json")))?.config.resolution, 192);
      await revert();
      const untitled = await vscode.workspace.openTextDocument({ language: "yaml", content: `version: 1\nspace: foxnas-cpu\nresolution: 160\nstages: ${JSON.stringify(CONFIG.stages)}\n` });
      await vscode.window.showTextDocument(untitled);
      assert.equal(api.code.editedConfig()?.toString(), untitled.uri.toString());
      assert.equal((await api.code.subject(untitled.uri))?.config.resolution, 160);
      await revert();
    }),

  "code: a choice outside the space is refused with its line": ({ api, folder }) =>
    withFiles(folder, { "bad.foxnas.json": textOf(CONFIG).replace('"kernel": 5', '"kernel": 4'), "other.foxnas.json": textOf({ ...CONFIG, space: "nowhere" }) }, async (at) => {
      await assert.rejects(api.code.subject(at("bad.foxnas.json")), (error: Error) => {
        assert.match(error.message, /bad\.foxnas\.json:15:\d+: stages\[0\]\.blocks\[1\]\.kernel: .*found 4, expected one of 3, 5, 7/);
        return true;
      });
      await assert.rejects(api.code.subject(at("other.foxnas.json")), /no search space of this id/);
    }),

  "code: every text goes into a new file, an untitled one, the clipboard and the open editor": ({ api, folder }) =>
    withFiles(folder, { ...kitchen, "notes.py": "def f():\n    pass\n" }, async (at) => {
      const subject = (await api.code.subject(at("kitchen.foxnas.json")))!;
      for (const format of ["json", "yaml", "python", "pytorch", "keras"] as const) {
        const { name, text } = await api.code.previewOf(subject, format);
        await api.code.text(subject, format, { kind: "file", folder, file: at(`made/${format}/${name}`) });
        assert.equal(readFileSync(at(`made/${format}/${name}`).fsPath, "utf8"), text, format);
        assert.equal(vscode.window.activeTextEditor?.document.isDirty, false, format);
        await api.code.text(subject, format, { kind: "untitled" });
        const { document } = vscode.window.activeTextEditor!;
        assert.ok(document.isUntitled, format);
        assert.deepEqual([document.getText(), document.languageId], [text, format === "json" || format === "yaml" ? format : "python"]);
        await revert();
        await api.code.text(subject, format, { kind: "clipboard" });
        assert.equal(await vscode.env.clipboard.readText(), text);
      }
      const written = readdirSync(at("made").fsPath, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(".")).sort();
      assert.deepEqual(written, ["json/kitchen.foxnas.json", "keras/kitchen.py", "python/kitchen_arch.py", "pytorch/kitchen.py", "yaml/kitchen.foxnas.yaml"]);
      const editor = await vscode.window.showTextDocument(at("notes.py"));
      editor.selection = new vscode.Selection(1, 4, 1, 8);
      await api.code.text(subject, "python", { kind: "cursor", editor });
      assert.match(editor.document.getText(), /^def f\(\):\n {4}# Kitchen, an architecture in the layout of Once-for-All\.\n {4}#\n[^]*\n {4}ARCHITECTURE = \{\n/);
      await revert();
    }),

  "code: a file that exists is replaced only when the person says so": ({ api, folder }) =>
    withFiles(folder, { ...kitchen, "kitchen.py": "mine\n" }, async (at) => {
      const subject = (await api.code.subject(at("kitchen.foxnas.json")))!;
      const place = { kind: "file" as const, folder, file: at("kitchen.py") };
      await api.code.text(subject, "pytorch", place, () => Promise.resolve(false));
      assert.equal(readFileSync(at("kitchen.py").fsPath, "utf8"), "mine\n");
      const asked: string[] = [];
      await api.code.text(subject, "pytorch", place, (existing) => {
        asked.push(...existing.map(({ path }) => path));
        return Promise.resolve(true);
      });
      assert.deepEqual(asked, [at("kitchen.py").path]);
      assert.match(readFileSync(at("kitchen.py").fsPath, "utf8"), /class Kitchen\(nn\.Module\):/);
      await vscode.commands.executeCommand("undo");
      await until("the old text is back", () => (vscode.window.activeTextEditor?.document.getText() === "mine\n" ? true : undefined));
      await revert();
    }),

  "code: names follow the workspace": ({ api, folder }) => {
    const modules = { "src/models/__init__.py": "", "src/models/resnet.py": "", "src/models/tests/test_resnet.py": "", "src/train.py": "", "src/data.py": "", "src/loss.py": "" };
    return withFiles(folder, { ...kitchen, ...modules, "configs/hall.foxnas.yaml": "" }, async (at) => {
      const workspace = vscode.workspace.getWorkspaceFolder(folder)!;
      const subject = (await api.code.subject(at("kitchen.foxnas.json")))!;
      assert.equal(await api.code.suggestedName(subject, "pytorch", workspace), "code/src/models/kitchen.py");
      assert.equal(await api.code.suggestedName(subject, "python", workspace), "code/src/models/kitchen_arch.py");
      assert.equal(await api.code.suggestedName(subject, "json", workspace), "code/kitchen-2.foxnas.json");
      assert.equal(await api.code.suggestedName(subject, "yaml", workspace), "code/kitchen.foxnas.yaml");
      writeFileSync(at("src/models/kitchen.py").fsPath, "");
      assert.equal(await api.code.suggestedName(subject, "keras", workspace), "code/src/models/kitchen_2.py");
    });
  },

  "code: a project is a new folder, and never a used one": ({ api, folder }) =>
    withFiles(folder, kitchen, async (at) => {
      const subject = (await api.code.subject(at("kitchen.foxnas.json")))!;
      for (const kind of ["pytorch", "keras"] as const) {
        const place = at(`kitchen-${kind}`).fsPath;
        await api.code.project(subject, kind, place);
        assert.deepEqual(readdirSync(place).sort(), ["README.md", "data.py", "export.py", "kitchen.foxnas.json", "model.py", "requirements.txt", "train.py"]);
        await assert.rejects(api.code.project(subject, kind, place), { name: "InputError" });
        const shown = await api.code.previewOf(subject, `${kind}-project`);
        assert.match(shown.text, /train\.py +\d+ lines/);
        assert.match(readFileSync(join(place, "model.py"), "utf8"), kind === "pytorch" ? /class Kitchen\(nn\.Module\)/ : /name="kitchen"/);
      }
    }),

  "code: an ONNX model is written, and an existing one only replaced after a yes": ({ api, folder }) =>
    withFiles(folder, kitchen, async (at) => {
      const subject = (await api.code.subject(at("kitchen.foxnas.json")))!;
      const place = { folder, file: at("kitchen-int8.onnx") };
      const bytes = await api.code.onnx(subject, "int8", place);
      assert.equal(readFileSync(place.file.fsPath).length, bytes);
      assert.equal(await api.code.onnx(subject, "fp32", place, () => Promise.resolve(false)), undefined);
      assert.equal(readFileSync(place.file.fsPath).length, bytes);
      assert.match((await api.code.previewOf(subject, "onnx")).text, /^stages\.0\.blocks\.0\.depthwise +depthwise 3x3, stride 2, relu /m);
    }),

  "code: the preview follows the selection, in one tab, and goes": ({ api, folder }) =>
    withFiles(folder, kitchen, async (at) => {
      const subject = (await api.code.subject(at("kitchen.foxnas.json")))!;
      await vscode.window.showTextDocument(at("kitchen.foxnas.json"));
      const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).flatMap(({ input }) => (input instanceof vscode.TabInputText && input.uri.scheme === "foxnas-preview" ? [input.uri.path] : []));
      const preview = api.code.preview();
      await preview.show("pytorch", () => api.code.previewOf(subject, "pytorch"));
      const document = () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "foxnas-preview" && uri.path === tabs()[0])!;
      assert.deepEqual(tabs(), ["/kitchen.py"]);
      assert.equal(document().languageId, "python");
      assert.match(document().getText(), /class Kitchen\(nn\.Module\)/);
      assert.equal(vscode.window.tabGroups.all.length, 2);
      // Only the last of several counts.
      await Promise.all((["json", "yaml", "keras", "onnx", "pytorch-project"] as const).map((format) => preview.show(format, () => api.code.previewOf(subject, format))));
      assert.deepEqual(tabs(), ["/kitchen-pytorch.md"]);
      assert.equal(vscode.window.activeTextEditor?.document.uri.path, at("kitchen.foxnas.json").path);
      await preview.close();
      assert.deepEqual(tabs(), []);
      assert.equal(vscode.window.tabGroups.all.length, 1);
      await preview.show("late", () => api.code.previewOf(subject, "json"));
      assert.deepEqual(tabs(), []);
    }),

  "code: what a search found, and a point of its front, carry what was predicted": async ({ api }) => {
    const id = await api.runs.start(await searchRequest(api), "test");
    assert.equal(await stateOf(api, id, "done", "failed"), "done");
    const result = (await api.runs.result(id, "search"))!;
    const subject = (await api.code.subject({ runId: id, point: null }))!;
    assert.deepEqual(subject.config.stages, result.found!.architecture.stages);
    assert.match((await api.code.previewOf(subject, "pytorch")).text, /^# Predicted latency: [\d.]+ ms on Raspberry Pi 4/m);
    const fastest = (await api.code.subject({ runId: id, point: 0 }))!;
    assert.deepEqual(fastest.config.stages, result.front[0]!.architecture.stages);
    await api.runs.delete(id);
    await assert.rejects(api.code.subject({ runId: id, point: null }), { name: "InputError" });
  },
};
