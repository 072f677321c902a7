import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PROBLEM_CODES } from "../../../src/editor/index.js";
import { argumentsOf, readDefinition } from "../../../src/host/tasks/definition.js";
import { english, manifest, read, ROOT } from "./manifest.js";

const pages = readdirSync(path.join(ROOT, "docs")).filter((name) => name.endsWith(".md"));

/** As GitHub and VS Code make them. */
const anchorsOf = (page: string): string[] =>
  [...read(`docs/${page}`).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!.trim().toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-"));

describe("the documentation", () => {
  it.each(pages)("%s: every link leads to a file, every anchor to a heading", (page) => {
    const links = [...read(`docs/${page}`).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
    for (const link of links) {
      if (/^https?:/.test(link)) continue;
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? page : file;
      expect(existsSync(path.join(ROOT, "docs", target)), `${page}: ${link}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), `${page}: ${link}`).toContain(anchor);
    }
  });

  it("expected.md has what package.json has", () => {
    expect(execFileSync(process.execPath, ["scripts/expected.mjs", "--check"], { cwd: ROOT, encoding: "utf8" })).toBe("");
    const { commands, configuration, languageModelTools, taskDefinitions } = manifest.contributes;
    const names = [...commands.map(({ command }) => command), ...Object.keys(configuration.properties), ...languageModelTools.map(({ name }) => name), ...taskDefinitions.map(({ type }) => type)];
    const page = read("docs/expected.md");
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    for (const { title } of commands) expect(page).toContain(english(title).replaceAll("|", "\\|"));
  });

  it("editor.md has a heading for every problem's code, which the Problems view links to", () => {
    expect(PROBLEM_CODES.filter((code) => !anchorsOf("editor.md").includes(code))).toEqual([]);
  });

  it("language-model-tools.md names every tool as it is called", () => {
    for (const { name, toolReferenceName } of manifest.contributes.languageModelTools) expect(read("docs/language-model-tools.md")).toContain(`| \`${name}\` | \`#${toolReferenceName}\` |`);
  });

  it("the tasks.json of automation.md can be run, and all fields of the definition are told", () => {
    const page = read("docs/automation.md");
    const json = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => JSON.parse(text!) as { tasks: { type: string }[] });
    const tasks = json.flatMap((one) => one.tasks).map(readDefinition);
    expect(tasks.map(argumentsOf)).toEqual([
      ["check", "--config", "nets/small.foxnas.json", "--latency", "foxnas-cpu-256-latency-pi4", "--budget", "120"],
      ["export", "--config", "nets/small.foxnas.json", "--format", "pytorch", "--out", "build/small_net.py"],
    ]);
    for (const field of Object.keys(manifest.contributes.taskDefinitions[0]!.properties)) expect(page).toContain(field);
  });
});
