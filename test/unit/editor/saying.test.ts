import { describe, expect, it } from "vitest";
import type { Completion } from "../../../src/editor/index.js";
import { applyEdits } from "../../../src/editor/index.js";
import { configOf, configText, readConfig } from "../../../src/shared/files/index.js";
import { configureTexts } from "../../../src/shared/l10n.js";
import { analyse, BARE, CHOSEN, CPU } from "./helpers.js";

const blocks = [
  { expand: 4, kernel: 5 },
  { expand: 3, kernel: 3 },
];
const ARCHITECTURE = { resolution: 256, stages: CPU.stages.map(({ width }) => ({ width, blocks })) };
const JSON_TEXT = configText(configOf(ARCHITECTURE, CPU.id), "json");
const YAML_TEXT = configText(configOf(ARCHITECTURE, CPU.id), "yaml");
const TEXTS = [
  ["a.json", JSON_TEXT],
  ["a.yaml", YAML_TEXT],
] as const;
const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("&emsp;", "");
const hoverOf = (text: string, name: string, pattern: RegExp, surroundings = CHOSEN) => {
  const hover = analyse(text, name, surroundings).hover(text.search(pattern) + 1);
  return hover === null ? null : { markdown: plain(hover.markdown), at: text.slice(hover.span.start, hover.span.end) };
};

describe.each(TEXTS)("a hover in %s", (name, text) => {
  it("tells what a block's choice costs and brings, with interval and source", () => {
    const { markdown } = hoverOf(text, name, /expand"?: 4/)!;
    const figures = analyse(text, name).figures()!;
    const mean = figures.stages[0]!.blocks[0]!.againstMean!;
    expect(markdown).toContain("**Stage 24, the transition block** · 16 to 24 channels, expand 4, kernel 5");
    expect(markdown).toContain(`| against the mean choice here | +${mean.accuracy.value.toFixed(2)} pp (`);
    expect(markdown).toContain("| **expand instead** |  |  |");
    expect(markdown).toContain("| **4** · stands here |");
    expect(markdown).not.toContain("kernel instead");
    expect(markdown).toContain("Latency on Raspberry Pi 4, CPU, int8 at 256 px");
    expect(markdown).toContain("Source of both predictors: FOX\\-NAS \\(Liu et al.");
    const other = text.replace(/(expand"?: )4/, "$16");
    const gain = analyse(other, name).figures()!.latency.value - figures.latency.value;
    expect(markdown).toMatch(new RegExp(`\\| 6 \\| [^|]* \\| \\+${gain.toFixed(1)} ms \\(`));
  });

  it("tells about stages, the space, the resolution and predicted values", () => {
    expect(hoverOf(text, name, /width"?: 40/)!.markdown).toContain("**Stage 40** · halves the side of the image, squeeze-excite, relu · depth 2, 3 or 4");
    expect(hoverOf(text, name, /"?foxnas-cpu/)!.markdown).toContain("5.9 × 10²¹ architectures in 5 stages");
    expect(hoverOf(text, name, /256/)!.markdown).toContain("Sides after the stages, px: 24: 64, 40: 32, 80: 16, 112: 16, 160: 8.");
  });

  it("says why there is nothing to say", () => {
    expect(hoverOf(text, name, /expand"?: 4/, BARE)!.markdown).toContain("No predictors are chosen for this config.");
    expect(analyse(text, name).hover(0)).toBeNull();
  });
});

it("a hover over the budget says by how much, and how sure that is", () => {
  const provenance = { tool: "t", version: "1", date: "d", accuracyPredictor: "a", latencyPredictor: "l", budget: 80, seed: 1 };
  const text = configText(configOf(ARCHITECTURE, CPU.id, undefined, provenance), "yaml");
  const { markdown, at } = hoverOf(text, "a.yaml", /budget: 80/)!;
  expect(at).toBe("budget: 80");
  expect(markdown).toMatch(/^\*\*Over the budget\*\* of 80 ms by [\d.]+ ms: [\d.]+ ms \([\d.]+ to [\d.]+ ms\) predicted\. A new measurement is predicted to stay within it with under 0\.1 % probability\./);
});

describe.each(TEXTS)("hints in %s", (name, text) => {
  it("stand at the end of the line of every stage's width", () => {
    const analysis = analyse(text, name);
    const hints = analysis.hints();
    expect(hints).toHaveLength(5);
    hints.forEach(({ offset, text: hint, path }, s) => {
      const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
      expect(line).toMatch(new RegExp(`width"?: ${CPU.stages[s]!.width},?$`));
      expect(path).toEqual(["stages", s]);
      const { accuracy, latency } = analysis.figures()!.stages[s]!.contribution!;
      const signed = (value: number, digits: number) => `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(digits)}`;
      expect(plain(hint)).toBe(`${signed(accuracy.value, 2)} pp · ${signed(latency.value, 1)} ms`);
    });
  });
});

/** Completions where `|` stands. */
function completionsAt(marked: string, name: string): { text: string; offers: Completion[]; labels: string[] } {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const offers = analyse(text, name).completions(offset);
  return { text, offers, labels: offers.map(({ label }) => label) };
}

describe.each(TEXTS)("completions in %s", (name, text) => {
  it("offer every choice with its price", () => {
    const { offers, labels } = completionsAt(text.replace(/(expand"?: 4)/, "$1|"), name);
    expect(labels).toEqual(["2", "3", "4", "6"]);
    expect(offers[2]).toMatchObject({ detail: "stands here", preselect: true });
    expect(plain(offers[3]!.detail)).toMatch(/^\+0\.\d\d pp · \+\d+\.\d ms$/);
    expect(offers[3]!.documentation).toContain("against what stands here");
    const chosen = applyEdits(text, [offers[3]!.edit]);
    expect(readConfig({ name, text: chosen }).stages[0]!.blocks[0]!.expand).toBe(6);
  });

  it("offer a value that is not there yet", () => {
    const { text: broken, offers, labels } = completionsAt(text.replace(/(kernel"?:) 5/, "$1|"), name);
    expect(labels).toEqual(["3", "5", "7"]);
    expect(readConfig({ name, text: applyEdits(broken, [offers[2]!.edit]) }).stages[0]!.blocks[0]!.kernel).toBe(7);
  });

  it("offer spaces, resolutions and widths", () => {
    expect(completionsAt(text.replace("foxnas-cpu", "foxnas-cpu|"), name).labels).toContain("ofa-mbv3");
    expect(completionsAt(text.replace("256", "|256"), name).labels).toEqual(["256", "192", "224", "160", "128"]);
    expect(completionsAt(text.replace(/(width"?: )80/, "$1|80"), name).labels).toEqual(["80"]);
  });

  it("offer whole blocks", () => {
    const marked = name.endsWith("json") ? text.replace('{ "expand": 3, "kernel": 3 }', '{ "expand": 3, "kernel": 3 }, |') : text.replace("      - { expand: 3, kernel: 3 }\n", "      - { expand: 3, kernel: 3 }\n      - |\n");
    const { text: open, offers, labels } = completionsAt(marked, name);
    expect(labels).toHaveLength(12);
    expect(labels[0]).toBe("block e2 k3");
    expect(plain(offers[0]!.detail)).toMatch(/ms$/);
    expect(readConfig({ name, text: applyEdits(open, [offers[0]!.edit]) }).stages[0]!.blocks).toEqual([...blocks, { expand: 2, kernel: 3 }]);
  });

  it("offer the stages that are missing", () => {
    const less = configText(configOf({ ...ARCHITECTURE, stages: ARCHITECTURE.stages.slice(0, 4) }, CPU.id), name.endsWith("json") ? "json" : "yaml");
    const marked = name.endsWith("json") ? less.replace(/\n  \]\n\}\n$/, ",\n    |\n  ]\n}\n") : `${less}  - |`;
    const { text: open, offers, labels } = completionsAt(marked, name);
    expect(labels).toEqual(["stage 160"]);
    expect(readConfig({ name, text: applyEdits(open, [offers[0]!.edit]) }).stages.map(({ width }) => width)).toEqual(CPU.stages.map(({ width }) => width));
  });
});

describe("completions of fields in YAML", () => {
  it("are those that are not there yet", () => {
    expect(completionsAt(`${YAML_TEXT}|`, "a.yaml").labels).toEqual(["$schema", "predicted", "measured", "provenance"]);
    expect(completionsAt(YAML_TEXT.replace("expand: 4, kernel: 5", "expand: 4, |"), "a.yaml").labels).toEqual(["kernel"]);
    const short = "version: 1\nspace: foxnas-cpu\nresolution: 256\nstages:\n  - width: 24\n    |";
    expect(completionsAt(short, "a.yaml").labels).toEqual(["blocks"]);
    const root = completionsAt("version: 1\nspace: foxnas-cpu\nre|", "a.yaml");
    expect(root.labels).toContain("resolution");
    const { edit } = root.offers.find(({ label }) => label === "resolution")!;
    expect(applyEdits(root.text, [edit])).toBe("version: 1\nspace: foxnas-cpu\nresolution: 256");
  });

  it("are the schema's to offer in JSON", () => {
    expect(completionsAt(JSON_TEXT.replace('"space"', '"|space"'), "a.json").offers).toEqual([]);
  });
});

it("texts are translated", () => {
  configureTexts({ "stands here": "steht hier" });
  expect(hoverOf(JSON_TEXT, "a.json", /"expand": 4/)!.markdown).toContain("| **4** · steht hier |");
  configureTexts(undefined);
});
