import assert from "node:assert/strict";
import type * as ChildProcess from "node:child_process";
import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import * as vscode from "vscode";
import type { ArchitectureConfig } from "../../../src/shared/architecture.js";
import { configText, readConfig, type ConfigFormat } from "../../../src/shared/files/index.js";
import type { PredictorFile } from "../../../src/shared/predictor.js";
import type { TestApi } from "../../../src/host/testApi.js";
import { until, type Room, type Tests } from "./tests.js";

const FORMATS: readonly ConfigFormat[] = ["json", "yaml"];
const WIDTHS = [24, 40, 80, 112, 160];

const stages = WIDTHS.map((width) => ({ width, blocks: [{ expand: 3, kernel: 3 }, { expand: 6, kernel: 7 }] }));
const config: ArchitectureConfig = { version: 1, space: "foxnas-cpu", resolution: 256, stages };
const provenance = { tool: "fox-nas", version: "0", date: "2026-11-26", accuracyPredictor: "a", latencyPredictor: "l", budget: 60, seed: 1 };
/** Values that the built-in predictors, named as their sources, do not say of these stages. */
async function stale(api: TestApi): Promise<NonNullable<ArchitectureConfig["predicted"]>> {
  const { accuracy, latency } = await api.builtIn("foxnas-cpu");
  const says = ({ text }: { text: string }) => {
    const { device, resolution, source } = JSON.parse(text) as PredictorFile;
    return { interval: null, device, resolution, source };
  };
  return { accuracy: { value: 11, unit: "%", ...says(accuracy) }, latency: { value: 22, unit: "ms", ...says(latency) } };
}

/** A config with one thing wrong: the text that is underlined, and what else is told of it. */
interface Wrong {
  text: string;
  at: string;
  /** Without a quick fix: nobody knows what was meant. */
  unfixable?: true;
  /** VS Code's JSON language tells it, and we do not. */
  byJson?: true;
  /** How often it is told; once by default. */
  times?: number;
}

/** For each problem code a config that has it; that of stale values where they are given. */
function wrongs(format: ConfigFormat, predicted?: ArchitectureConfig["predicted"]): Record<string, Wrong> {
  const text = configText(config, format);
  const json = format === "json";
  const replaced = (from: string | RegExp, to: string) => {
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, String(from));
    return changed;
  };
  const quoted = (word: string) => (json ? `"${word}"` : word);
  const field = (name: string, value: string) => `${quoted(name)}: ${value}`;
  const of = (part: Partial<ArchitectureConfig>) => configText({ ...config, ...part }, format);
  return {
    syntax: { text: json ? text.trimEnd().slice(0, -1) : `${text}  x: [\n`, at: "", unfixable: true, ...(json ? { byJson: true as const } : {}) },
    "missing-field": { text: replaced(json ? '  "resolution": 256,\n' : "resolution: 256\n", ""), at: "" },
    "unknown-field": { text: replaced(field("version", "1"), `${field("version", "1")}${json ? "," : ""}\n${json ? "  " : ""}${field("colour", "1")}`), at: quoted("colour") },
    "wrong-type": { text: replaced("256", '"256"'), at: '"256"' },
    "wrong-value": { text: replaced(field("version", "1"), field("version", "2")), at: "2" },
    "unknown-space": { text: replaced("foxnas-cpu", "foxnas-cpo"), at: quoted("foxnas-cpo") },
    "stage-count": { text: of({ stages: stages.slice(0, 4) }), at: quoted("stages") },
    "stage-width": { text: replaced(field("width", "40"), field("width", "41")), at: "41" },
    depth: { text: of({ stages: stages.map((one, i) => (i === 1 ? { ...one, blocks: one.blocks.slice(0, 1) } : one)) }), at: quoted("blocks") },
    expand: { text: replaced(field("expand", "3"), field("expand", "5")), at: "5" },
    kernel: { text: replaced(field("kernel", "7"), field("kernel", "8")), at: "8" },
    resolution: { text: replaced("256", "224"), at: "224" },
    "over-budget": { text: of({ provenance: { ...provenance, budget: 125 } }), at: quoted("stages") },
    ...(predicted === undefined ? {} : { "stale-prediction": { text: of({ predicted }), at: "11", times: 2 } }),
  };
}

type Uris = (format: ConfigFormat) => vscode.Uri;
let count = 0;
const untitled: Uris = (format) => vscode.Uri.parse(`untitled:unsaved-${++count}.foxnas.${format}`);
const inFolder = (folder: vscode.Uri): Uris => (format) => vscode.Uri.joinPath(folder, `saved-${++count}.foxnas.${format}`);

/** Opens a config in an editor. */
async function opened(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
  if (uri.scheme !== "untitled") await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  if (uri.scheme === "untitled") await retyped(document, text);
  return document;
}

/** Puts another text into an open document. */
async function retyped(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function closed(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  if (document.uri.scheme !== "untitled") await vscode.workspace.fs.delete(document.uri);
}

const codeOf = ({ code }: vscode.Diagnostic) => (typeof code === "object" ? code.value : code);
const ours = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "FOX-NAS");
const codes = (uri: vscode.Uri) => ours(uri).map(codeOf);

/** The diagnostics of a document once they are as expected. */
async function diagnosed(document: vscode.TextDocument, expected: readonly string[]): Promise<vscode.Diagnostic[]> {
  const asExpected = () => (codes(document.uri).join() === expected.join() ? ours(document.uri) : undefined);
  return until(`problems ${expected.join(", ") || "none"} of ${document.uri.path}`, asExpected).catch((error: unknown) => {
    throw new Error(`${String(error)}; there are ${JSON.stringify(ours(document.uri))} in\n${document.getText()}`);
  });
}

const lensesAt = async (document: vscode.TextDocument) =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 100)).filter(({ command }) => command!.command.startsWith("foxnas."));
const lensesOf = async (document: vscode.TextDocument) => (await lensesAt(document)).map(({ command }) => command!);
const actionsAt = (document: vscode.TextDocument, range: vscode.Range) =>
  vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range, vscode.CodeActionKind.QuickFix.value, 100);
const hintsOf = (document: vscode.TextDocument) =>
  vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, new vscode.Range(0, 0, document.lineCount, 0));
const everyWord = /[\w.-]+/;

async function hoverAt(document: vscode.TextDocument, word: string, nth = 0): Promise<string> {
  let offset = document.getText().indexOf(word);
  for (let i = 0; i < nth; i += 1) offset = document.getText().indexOf(word, offset + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, document.positionAt(offset + 1));
  return hovers.flatMap(({ contents }) => contents).map((one) => (typeof one === "string" ? one : one.value)).join("\n");
}

/** Counts the processes that are started in this extension host meanwhile, and keeps counting until `stop`. */
function countingProcesses(): { started: () => number; stop: () => void } {
  // The module itself, which the extension asks as well; an import would be a copy.
  const module = createRequire(__filename)("node:child_process") as { -readonly [K in "fork" | "spawn"]: (typeof ChildProcess)[K] };
  const { fork, spawn } = module;
  let started = 0;
  const counted = <F extends typeof fork | typeof spawn>(start: F): F =>
    ((...args: unknown[]) => {
      started += 1;
      return (start as (...given: unknown[]) => unknown)(...args);
    }) as F;
  Object.assign(module, { fork: counted(fork), spawn: counted(spawn) });
  return { started: () => started, stop: () => void Object.assign(module, { fork, spawn }) };
}

/** A JSON text that is none: VS Code says so, and we only where it does not. */
async function saidByJsonAlone(document: vscode.TextDocument): Promise<void> {
  const theirs = () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source !== "FOX-NAS");
  await until("VS Code's own JSON problem", () => (theirs().length > 0 ? true : undefined));
  await until("ours without `syntax`", () => (codes(document.uri).includes("syntax") ? undefined : true));
  // It allows comments in this language, we do not.
  await vscode.languages.setTextDocumentLanguage(document, "jsonc");
  await retyped(document, `// mine\n${configText(config, "json")}`);
  await diagnosed(document, ["syntax"]);
}

/** The time from an edit until its text is here, and on until its problems are shown. */
async function timed(document: vscode.TextDocument, text: string, shown: () => boolean): Promise<{ arrived: number; shown: number }> {
  let arrived = 0;
  const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document) arrived ||= performance.now();
  });
  const start = performance.now();
  const done = retyped(document, text);
  // The event that tells of diagnostics waits 50 ms for more of them; they themselves are there at once.
  while (arrived === 0 || !shown()) await setImmediate();
  const end = performance.now();
  subscription.dispose();
  await done;
  return { arrived: arrived - start, shown: end - arrived };
}

/** Every problem is underlined where it is, and its preferred quick fix mends it. */
async function mendsAll(uris: Uris, format: ConfigFormat, api: TestApi): Promise<void> {
  for (const [code, { text, at, unfixable, byJson, times = 1 }] of Object.entries(wrongs(format, await stale(api)))) {
    const document = await opened(uris(format), text);
    if (byJson) {
      await saidByJsonAlone(document);
      await closed(document);
      continue;
    }
    // What follows a syntax error may look unknown as well.
    const [problem] = unfixable ? await until(code, () => (codes(document.uri)[0] === code ? ours(document.uri) : undefined)) : await diagnosed(document, Array<string>(times).fill(code));
    assert.ok(problem !== undefined);
    if (at !== "") assert.equal(document.getText(problem.range), at, code);
    assert.match(problem.message, /^([A-Z]|\w+: )/, code);
    assert.match(typeof problem.code === "object" ? problem.code.target.toString() : "", /editor\.md/, code);
    const actions = (await actionsAt(document, problem.range)).filter(({ edit }) => edit !== undefined);
    const preferred = actions.filter(({ isPreferred }) => isPreferred);
    assert.equal(preferred.length, unfixable ? 0 : 1, `${code}: ${actions.map(({ title }) => title).join(", ")}`);
    if (!unfixable) {
      assert.ok(await vscode.workspace.applyEdit(preferred[0]!.edit!), code);
      await diagnosed(document, []);
      // As its strict reader takes it.
      const { space } = readConfig({ name: document.uri.path, text: document.getText() });
      assert.equal(space, "foxnas-cpu", code);
    }
    await closed(document);
    // VS Code keeps a file that an extension opened for some minutes; an unsaved document is gone at once.
    if (document.isUntitled) await until("the problems of a closed document are gone", () => (ours(document.uri).length === 0 ? true : undefined));
  }
}

const mending: Tests = Object.fromEntries(
  FORMATS.flatMap((format) => [
    [`every problem of ${format} is told at its place and mended by its quick fix, in an unsaved document`, ({ api }: Room) => mendsAll(untitled, format, api)],
    [`every problem of ${format} is told at its place and mended by its quick fix, in a file`, ({ folder, api }: Room) => mendsAll(inFolder(folder), format, api)],
  ]),
);

export const editorTests: Tests = {
  ...mending,

  "lenses tell prediction and budget, follow the typing, and lead to commands that are there": async ({ folder }) => {
    for (const format of FORMATS) {
      for (const uris of [untitled, inFolder(folder)]) {
        const document = await opened(uris(format), configText(config, format));
        const before = await lensesOf(document);
        assert.match(before[0]!.title, /^\d\d\.\d\d % at [\d.]+ ms predicted$/);
        const titles = before.map(({ title }) => title);
        for (const title of ["Explain", "Measure", "Optimise from here", "Generate code…"]) assert.ok(titles.includes(title), `${title} in ${titles.join(", ")}`);
        assert.match(titles[1]!, /^Predictors: .*ImageNet.*; .*Raspberry Pi 4/);
        const stagesLine = document.getText().split("\n").findIndex((line) => /^\W*stages\W*$/.test(line));
        assert.deepEqual((await lensesAt(document)).map(({ range }) => range.start.line), titles.map((_, i) => (i < 2 ? 0 : stagesLine)));
        for (const { arguments: given, title } of before) {
          assert.match(title, everyWord);
          assert.equal(String((given as vscode.Uri[])[0]), document.uri.toString());
        }
        await retyped(document, configText({ ...config, stages: stages.map((one) => ({ ...one, blocks: [...one.blocks, { expand: 6, kernel: 7 }] })), provenance }, format));
        const after = (await lensesOf(document))[0]!.title;
        assert.match(after, /^\d\d\.\d\d % at [\d.]+ ms predicted, [\d.]+ ms over the budget of 60 ms$/);
        assert.ok(Number(/at ([\d.]+) ms/.exec(after)![1]) > Number(/at ([\d.]+) ms/.exec(before[0]!.title)![1]));
        await closed(document);
      }
    }
  },

  "the setting's budget is the one of configs that name none; lenses and hints can be switched off": async ({ folder }) => {
    const settings = vscode.workspace.getConfiguration("foxnas", folder);
    const set = (key: string, value: unknown) => settings.update(key, value, vscode.ConfigurationTarget.Workspace);
    const document = await opened(inFolder(folder)("json"), configText(config, "json"));
    await diagnosed(document, []);
    await set("budget", 30);
    await diagnosed(document, ["over-budget"]);
    await set("budget", 3000);
    await diagnosed(document, []);
    assert.match((await lensesOf(document))[0]!.title, /under the budget of 3000 ms$/);
    assert.equal((await hintsOf(document)).length, 5);
    await set("editor.codeLens", false);
    await set("editor.inlayHints", false);
    assert.deepEqual(await lensesOf(document), []);
    assert.deepEqual(await hintsOf(document), []);
    for (const key of ["budget", "editor.codeLens", "editor.inlayHints"]) await set(key, undefined);
    assert.match((await lensesOf(document))[0]!.title, /ms predicted$/);
    await closed(document);
  },

  "hovers, a hint for each stage, and completions with the choices of the space": async ({ folder }) => {
    for (const format of FORMATS) {
      const document = await opened(inFolder(folder)(format), configText(config, format));
      assert.match(await hoverAt(document, "kernel"), /transition block[\s\S]*Raspberry Pi 4[\s\S]*Liu et al/);
      assert.match(await hoverAt(document, "foxnas-cpu"), /FOX.*NAS for CPUs[\s\S]*5 stages/);
      const hints = await hintsOf(document);
      assert.deepEqual(hints.map(({ position }) => Number(/\d+/.exec(document.lineAt(position.line).text)?.[0])), WIDTHS);
      for (const { label } of hints) assert.match(String(label), /pp.*ms/);

      const value = document.getText().indexOf("kernel") + (format === "json" ? 'kernel": ' : "kernel: ").length;
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, document.positionAt(value));
      const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
      for (const kernel of ["3", "5", "7"]) assert.ok(labels.includes(kernel), `${format}: ${labels.join(", ")}`);
      await closed(document);
    }
  },

  "a space of the workspace is known as soon as its file is there, and forgotten with it": async ({ folder, api }) => {
    const file = vscode.Uri.joinPath(folder, "mine.space.json");
    const { space } = await api.builtIn("foxnas-cpu");
    const document = await opened(inFolder(folder)("json"), configText({ ...config, space: "mine" }, "json"));
    await diagnosed(document, ["unknown-space"]);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(space.text.replace('"foxnas-cpu"', '"mine"')));
    await diagnosed(document, []);
    await vscode.workspace.fs.delete(file);
    await diagnosed(document, ["unknown-space"]);
    await closed(document);
  },

  "other JSON and YAML files are left alone": async ({ folder }) => {
    const text = configText({ ...config, space: "nowhere" }, "json");
    const [other, meant] = [vscode.Uri.joinPath(folder, "other.json"), inFolder(folder)("json")];
    const [one, two] = [await opened(other, text), await opened(meant, text)];
    await diagnosed(two, ["unknown-space"]);
    assert.deepEqual(ours(other), []);
    assert.deepEqual(await lensesOf(one), []);
    await closed(one);
    await closed(two);
  },

  "typing starts no process; how long until the problems are shown": async ({ folder, api }) => {
    const processes = countingProcesses();
    for (const format of FORMATS) {
      const [good, bad] = [configText(config, format), wrongs(format)["kernel"]!.text];
      const document = await opened(inFolder(folder)(format), good);
      await diagnosed(document, []);
      const times: Awaited<ReturnType<typeof timed>>[] = [];
      for (let i = 0; i < 20; i += 1) {
        const wrong = i % 2 === 0;
        times.push(await timed(document, wrong ? bad : good, () => codes(document.uri).includes("kernel") === wrong));
        await Promise.all([lensesOf(document), hintsOf(document), hoverAt(document, "kernel")]);
      }
      for (const part of ["arrived", "shown"] as const) {
        const sorted = times.map((one) => one[part]).sort((one, two) => one - two);
        console.log(`        ${format}: ${part === "arrived" ? "edit to its text in the host" : "text in the host to problems shown"} ${sorted[10]!.toFixed(1)} ms (median of 20), at most ${sorted[19]!.toFixed(1)} ms`);
      }
      await closed(document);
    }
    assert.equal(processes.started(), 0);
    // It would have been seen.
    await api.front(await api.builtIn("foxnas-cpu"));
    assert.ok(processes.started() > 0);
    processes.stop();
  },
};
