import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Tests } from "./tests.js";
import { until } from "./tests.js";

const One = vscode.ViewColumn.One;
const read = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

export const fileTests: Tests = {
  "names outside the workspace folder are refused": async ({ api, folder }) => {
    const outside = ["../x.json", "a/../../x.json", "/etc/x.json", "C:\\x.json", "..\\x.json", "~/x.json", `${folder.path}-other/x.json`, "..", ""];
    for (const name of outside) assert.throws(() => api.fileIn(folder, name), { name: "InputError" }, name);
    for (const name of ["x.json", "a/b/x.json", "./x.json", "a/../x.json", `${folder.path}/x.json`]) {
      assert.ok(api.fileIn(folder, name).path.startsWith(`${folder.path}/`), name);
    }
    return Promise.resolve();
  },

  "a symbolic link that leads out of the folder is refused, nothing is written": async ({ api, folder }) => {
    const elsewhere = mkdtempSync(join(tmpdir(), "foxnas-outside-"));
    const [link, dangling] = [join(folder.fsPath, "link"), join(folder.fsPath, "dangling.json")];
    symlinkSync(elsewhere, link);
    symlinkSync(join(elsewhere, "new.json"), dangling);
    try {
      for (const name of ["link/x.json", "link/deep/x.json", "dangling.json"]) {
        await assert.rejects(api.writeInWorkspace(folder, api.fileIn(folder, name), "{}", One), { name: "InputError" }, name);
      }
      assert.deepEqual(readdirSync(elsewhere), []);
    } finally {
      rmSync(link);
      rmSync(dangling);
      rmSync(elsewhere, { recursive: true });
    }
  },

  "a new file is written, opened and saved, and the edit can be undone": async ({ api, folder }) => {
    const file = api.fileIn(folder, "sub/new.foxnas.json");
    assert.equal((await api.writeInWorkspace(folder, file, "{}\n", One))?.path, file.path);
    assert.equal(await read(file), "{}\n");
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, file.path);
    assert.equal(vscode.window.activeTextEditor.document.isDirty, false);
    assert.equal(vscode.window.activeTextEditor.document.getText(), "{}\n");
    await vscode.commands.executeCommand("undo");
    await until("the file is gone", () => (existsSync(file.fsPath) ? undefined : true));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    rmSync(join(folder.fsPath, "sub"), { recursive: true, force: true });
  },

  "an existing file is replaced only when the person says so, and that can be undone": async ({ api, folder }) => {
    const file = api.fileIn(folder, "mine.json");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode("mine\n"));
    const answers = [false, true];
    const confirm = () => Promise.resolve(answers.shift()!);
    assert.equal(await api.writeInWorkspace(folder, file, "ours\n", One, confirm), undefined);
    assert.equal(await read(file), "mine\n");
    await api.writeInWorkspace(folder, file, "ours\n", One, confirm);
    assert.equal(await read(file), "ours\n");
    assert.deepEqual(answers, []);
    await vscode.commands.executeCommand("undo");
    await until("the old text is back", () => (vscode.window.activeTextEditor?.document.getText() === "mine\n" ? true : undefined));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.workspace.fs.delete(file);
  },

  "files that belong together: one question for all that exist, nothing written after a no": async ({ api, folder }) => {
    const [mine, other] = [api.fileIn(folder, "predictors/mine.json"), api.fileIn(folder, "predictors/other.csv")];
    await vscode.workspace.fs.writeFile(mine, new TextEncoder().encode("mine\n"));
    const asked: string[][] = [];
    const answering = (yes: boolean) => (existing: readonly vscode.Uri[]) => {
      asked.push(existing.map(({ path }) => path));
      return Promise.resolve(yes);
    };
    const files = [{ file: mine, text: "ours\n" }, { file: other, text: "a,b\n" }];
    assert.equal(await api.writeFilesInWorkspace(folder, files, One, answering(false)), false);
    assert.equal(await read(mine), "mine\n");
    assert.ok(!existsSync(other.fsPath));
    assert.equal(await api.writeFilesInWorkspace(folder, files, One, answering(true)), true);
    assert.deepEqual([await read(mine), await read(other)], ["ours\n", "a,b\n"]);
    assert.deepEqual(asked, [[mine.path], [mine.path]]);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, mine.path);
    const outside = [{ file: vscode.Uri.joinPath(folder, "..", "x.json"), text: "" }];
    await assert.rejects(api.writeFilesInWorkspace(folder, [...files, ...outside], One, answering(true)), { name: "InputError" });
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    rmSync(join(folder.fsPath, "predictors"), { recursive: true });
  },

  "at the cursor: indented like its line, the selection replaced, undone in one step": async ({ api }) => {
    const before = "model:\n  config: HERE\n";
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "yaml", content: before }));
    editor.selection = new vscode.Selection(1, 10, 1, 14);
    await api.insertAtCursor(editor, "a: 1\nb: 2\n");
    assert.equal(editor.document.getText(), "model:\n  config: a: 1\n  b: 2\n");
    await vscode.commands.executeCommand("undo");
    await until("the text is back", () => (editor.document.getText() === before ? true : undefined));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  },
};
