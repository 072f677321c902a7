import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { english, manifest, ROOT } from "./manifest.js";

const { commands, configuration, viewsWelcome, walkthroughs } = manifest.contributes;
const known = new Set(commands.map(({ command }) => command));

/** Our commands that a text links to. */
const linked = (text: string): string[] => [...text.matchAll(/\(command:(foxnas\.[\w.]+)/g)].map(([, id]) => id!);

describe("the manifest", () => {
  it("every setting has a place of its own and an example in its description", () => {
    const settings = Object.entries(configuration.properties);
    expect(new Set(settings.map(([, { order }]) => order)).size).toBe(settings.length);
    // A switch needs none.
    const without = settings.filter(([, { type, markdownDescription }]) => type !== "boolean" && !/for example [^.]*`/i.test(english(markdownDescription)));
    expect(without.map(([id]) => id)).toEqual([]);
  });

  it("every command has a title and an icon", () => {
    for (const { command, title, icon } of commands) {
      expect(english(title), command).toMatch(/\S/);
      expect(icon, command).toMatch(/^\$\([\w-]+\)$/);
    }
  });

  it("the walkthrough: pictures of every theme with a text, links to commands that exist, and a way to be done", () => {
    expect(walkthroughs.map(({ id }) => id)).toEqual(["foxnas.start"]);
    const { steps } = walkthroughs[0]!;
    expect(steps.map(({ id }) => id)).toEqual(["sample", "search", "explain", "measure", "insert", "editor"]);
    for (const { id, media, description, completionEvents } of steps) {
      expect(Object.keys(media.image).sort(), id).toEqual(["dark", "hc", "hcLight", "light"]);
      for (const file of Object.values(media.image)) expect(existsSync(path.join(ROOT, file)), file).toBe(true);
      expect(english(media.altText).length, id).toBeGreaterThan(20);
      expect(linked(english(description)).length, id).toBeGreaterThan(0);
      for (const command of linked(english(description))) expect(known, id).toContain(command);
      expect(completionEvents.length, id).toBeGreaterThan(0);
      for (const event of completionEvents.filter((one) => one.startsWith("onCommand:"))) expect(known, id).toContain(event.slice("onCommand:".length));
    }
  });

  it("empty views say what to do: with no folder, in Restricted Mode, and before the first run", () => {
    const when = viewsWelcome.map((one) => one.when ?? "");
    for (const part of ["workbenchState == empty", "!isWorkspaceTrusted", ""]) expect(when).toContain(part);
    for (const { contents } of viewsWelcome) {
      expect(english(contents)).toMatch(/\[.+\]\(command:[\w.]+\)/);
      for (const command of linked(english(contents))) expect(known).toContain(command);
    }
  });
});
