import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import * as vscode from "vscode";
import type { TestApi } from "../../../src/host/testApi.js";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { configText, type ConfigFormat } from "../../../src/shared/files/index.js";
import { until, type Room, type Tests } from "./tests.js";

const WIDTHS = [24, 40, 80, 112, 160];
const block = { expand: 3, kernel: 3 };
const config = (change: Partial<Record<number, typeof block[]>> = {}): ArchitectureConfig => ({
  version: 1,
  space: "foxnas-cpu",
  resolution: 256,
  stages: WIDTHS.map((width) => ({ width, blocks: change[width] ?? [block, block] })),
});
const SMALL = config();
const LARGE = config({ 40: [block, { expand: 6, kernel: 3 }], 160: [block, block, { expand: 6, kernel: 5 }] });

type Shown = TestApi["comparisons"]["shown"][number];
const newest = (api: TestApi): Shown => api.comparisons.shown.at(-1)!;
/** The page's text, without marks and with plain spaces. */
const textOf = ({ html }: Shown): string => html.replace(/^.*<body>/s, "").replaceAll(/<[^>]+>/g, " ").replaceAll(/[\s\u00a0]+/g, " ");
const listed = (shown: Shown): string[] => shown.comparison!.stages.flatMap(({ stage, blocks }) => blocks.flatMap(({ block: b, status }) => (status === "same" ? [] : [`${stage} ${b} ${status}`])));
const OF_BOTH = ["40 2 changed", "160 3 added"];

async function written({ folder }: Room, name: string, what: ArchitectureConfig, format: ConfigFormat = "json"): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder, `${name}.foxnas.${format}`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(configText(what, format)));
  return uri;
}

async function retyped(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document;
}

/** Closes every page and editor and deletes the files. */
async function tidied({ api }: Room, ...uris: vscode.Uri[]): Promise<void> {
  api.comparisons.dispose();
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const uri of uris) await vscode.workspace.fs.delete(uri);
}

const inPage = (shown: Shown, what: string | RegExp) => until(`the page says ${String(what)}`, () => (textOf(shown).search(what) >= 0 ? true : undefined));

const alone = (tests: Tests): Tests =>
  Object.fromEntries(
    Object.entries(tests).map(([name, test]) => [
      name,
      async (room: Room) => {
        // In a browser VS Code saves by itself, after a second.
        const saving = (value: string | undefined) => vscode.workspace.getConfiguration("files").update("autoSave", value, vscode.ConfigurationTarget.Workspace);
        await saving("off");
        try {
          await test(room);
        } finally {
          // A page that a failed test leaves would be taken for the next one's.
          room.api.comparisons.dispose();
          await saving(undefined);
        }
      },
    ]),
  );

export const compareTests: Tests = alone({
  "two selected configs are compared beside the editor, JSON with YAML": async (room) => {
    const { api } = room;
    const [a, b] = [await written(room, "small", SMALL), await written(room, "large", LARGE, "yaml")];
    await vscode.commands.executeCommand("foxnas.compare.configs", b, [a, b]);
    const shown = newest(api);
    assert.equal(shown.title, "small.foxnas.json ↔ large.foxnas.yaml");
    assert.deepEqual(listed(shown), OF_BOTH);
    await until("the page's tab", () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === shown.title));
    assert.match(textOf(shown), /B is [\d.]+ pp more accurate and [\d.]+ ms slower than A\. Stage 160 buys most of the accuracy/);
    assert.match(shown.html, /default-src 'none'; style-src /);
    assert.doesNotMatch(shown.html, /<script/);
    await vscode.commands.executeCommand("foxnas.compare.configs", b, [a, b]);
    assert.equal(api.comparisons.shown.length, 1);
    await tidied(room, a, b);
  },

  "the page follows what is typed on either side, saved or not, and what is written to the disk": async (room) => {
    const [a, b] = [await written(room, "small", SMALL), await written(room, "large", LARGE)];
    await vscode.commands.executeCommand("foxnas.compare.configs", a, [a, b]);
    const shown = newest(room.api);
    const document = await retyped(b, configText(SMALL, "json"));
    await inPage(shown, "A and B are the same architecture.");
    assert.deepEqual([document.isDirty, listed(shown)], [true, []]);
    assert.equal(readFileSync(b.fsPath, "utf8"), configText(LARGE, "json"));
    await retyped(b, configText(SMALL, "json").slice(0, -10));
    await inPage(shown, /B cannot be read as it stands, so it is shown as it was: large\.foxnas\.json:\d+/);
    assert.match(textOf(shown), /A and B are the same architecture\./);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until("what is on the disk is shown", () => (listed(shown).join() === OF_BOTH.join() ? true : undefined));
    await vscode.workspace.fs.writeFile(a, new TextEncoder().encode(configText(LARGE, "json")));
    await inPage(shown, "A and B are the same architecture.");
    await tidied(room, a, b);
  },

  "one is selected first, a document without a file is compared with it, and the sides are swapped": async (room) => {
    const a = await written(room, "small", SMALL);
    await vscode.commands.executeCommand("foxnas.compare.selectFirst", a);
    const document = await vscode.workspace.openTextDocument({ language: "yaml", content: configText(LARGE, "yaml") });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("foxnas.compare.withSelected");
    assert.match(newest(room.api).title, /^small\.foxnas\.json ↔ Untitled-\d+$/);
    assert.deepEqual(listed(newest(room.api)), OF_BOTH);
    await vscode.commands.executeCommand("foxnas.compare.swap");
    assert.match(newest(room.api).title, /^Untitled-\d+ ↔ small\.foxnas\.json$/);
    assert.deepEqual(listed(newest(room.api)), ["40 2 changed", "160 3 removed"]);
    assert.equal(room.api.comparisons.shown.length, 1);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await tidied(room, a);
  },

  "the two sides of a diff editor are compared": async (room) => {
    const [a, b] = [await written(room, "small", SMALL), await written(room, "large", LARGE)];
    await vscode.commands.executeCommand("vscode.diff", a, b, "difference", { preview: false });
    await until("the diff editor is in front", () => (vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff ? true : undefined));
    await vscode.commands.executeCommand("foxnas.compare.diff");
    assert.equal(newest(room.api).title, "small.foxnas.json ↔ large.foxnas.json");
    assert.deepEqual(listed(newest(room.api)), OF_BOTH);
    await tidied(room, a, b);
  },

  "architectures of runs are compared, and what cannot be is said": async (room) => {
    const { api } = room;
    const side = (title: string, what: ArchitectureConfig) => ({ title, source: { name: "run.foxnas.json", text: configText(what, "json") } });
    await api.compareArchitectures(side("run 1", SMALL), side("run 2", { ...LARGE, resolution: 224 }));
    const shown = newest(api);
    assert.equal(shown.title, "run 1 ↔ run 2");
    assert.equal(shown.comparison!.total, null);
    assert.match(textOf(shown), /A is for 256 px, B for 224 px/);
    assert.match(textOf(shown), /No pair of predictors speaks of B/);
    await tidied(room);
  },

  "with git's HEAD: each reason why there is none is told, then the difference, which follows the next commit": async (room) => {
    const { api, folder } = room;
    const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args], { cwd: folder.fsPath });
    const setting = (value: boolean | undefined) => vscode.workspace.getConfiguration("git").update("enabled", value, vscode.ConfigurationTarget.Workspace);
    const uri = await written(room, "net", SMALL);
    const refused = (message: RegExp) => assert.rejects(api.headSide(uri), { name: "InputError", message });
    await refused(/git is switched off in VS Code/);
    await setting(true);
    try {
      const extension = vscode.extensions.getExtension<{ enabled: boolean }>("vscode.git")!;
      await until("git is switched on", () => (extension.exports.enabled ? true : undefined));
      await refused(/lies in no git repository/);
      git("init", "--quiet", "--initial-branch=main");
      await refused(/the repository has no commit yet/);
      git("commit", "--quiet", "--allow-empty", "-m", "Nothing");
      await until("the last commit has no such file", () => api.headSide(uri).then(() => undefined, (error: Error) => (/last commit has no such file/.test(error.message) ? true : undefined)));
      git("add", "net.foxnas.json");
      git("commit", "--quiet", "-m", "Small");
      await retyped(uri, configText(LARGE, "json"));
      await vscode.commands.executeCommand("foxnas.compare.head", uri);
      const shown = newest(api);
      assert.equal(shown.title, "net.foxnas.json (HEAD) ↔ net.foxnas.json");
      assert.deepEqual(listed(shown), OF_BOTH);
      assert.ok(await (await vscode.workspace.openTextDocument(uri)).save());
      // VS Code's own git may hold the index for a moment.
      await until("the commit", () => {
        try {
          return git("commit", "--quiet", "--all", "-m", "Large");
        } catch {
          return undefined;
        }
      });
      await vscode.commands.executeCommand("git.refresh");
      await inPage(shown, "A and B are the same architecture.");
    } finally {
      await tidied(room, uri);
      await setting(undefined);
      rmSync(vscode.Uri.joinPath(folder, ".git").fsPath, { recursive: true, force: true });
    }
  },
});
