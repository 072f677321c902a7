import { readFileSync } from "node:fs";
import { buildSync } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportHtml } from "../../../src/pictures/report/report.js";
import type { Explanation } from "../../../src/shared/explanation.js";
import { toyExplanation } from "../../panel/harness/toyExplanation.js";

const explanation = toyExplanation();
const options = { title: "foxnas-cpu", date: "25 November 2026", version: "0.1.0", css: "body{}" };

/** Every text of the explanation replaced, except those that are a choice of words. */
const WORDS = new Set(["%", "ms", "pp/ms", "accuracy", "latency", "better", "equal within error", "worse", "over budget", "depth", "transition expand", "transition kernel", "expand", "kernel", "saturating", "good", "warn", "plain"]);
function infect<T>(value: T, text: string): T {
  if (typeof value === "string") return (WORDS.has(value) ? value : text) as T;
  if (Array.isArray(value)) return value.map((item) => infect<unknown>(item, text)) as T;
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, infect<unknown>(item, text)])) as T;
  return value;
}

const infected = (text: string) => ({ ...infect(options, text), css: options.css });

/** Tags and attributes a page is made of, without its text. */
const shape = (html: string): string[] => [...html.matchAll(/<\/?([a-zA-Z!][\w-]*)(?:\s+([^\s=>]+)(?:="[^"]*")?)*\s*\/?>/g)].map((found) => found[0]!.replace(/"[^"]*"/g, '""'));

describe("report", () => {
  const html = reportHtml(explanation, options);

  it("has no script, loads nothing, and forbids both", () => {
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(html).not.toMatch(/\b(src|href|srcset|action)="(?!#)/);
    expect(html).not.toMatch(/@import|url\((?!#)/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toContain("<button");
  });

  it("holds the whole explanation, with its numbers in tables", () => {
    for (const head of ["Architecture at", "Why: what each stage adds", "the exact front", "What a millisecond buys", "What one change would do", "Near-ties", "What matters in general", "Effects", "Depth and expand ratio", "Can the accuracy predictor be trusted", "Where the numbers come from"]) {
      expect(html).toContain(head);
    }
    for (const { change } of explanation.moves) expect(html).toContain(change);
    expect(html).toContain("<b>no single change</b>");
  });

  it("does without what could not be computed", () => {
    const bare: Explanation = {
      ...explanation, accuracy: null, latency: null, marginal: null, optimum: null, moves: [], nearTies: null, withinBudget: null, budget: null,
      importance: { accuracy: [], latency: [] }, overview: { accuracy: null, latency: null }, diagnostics: { accuracy: null, latency: null }, front: [],
    };
    expect(reportHtml(bare, options)).toContain("no budget");
  });

  it("escapes whatever a name or text holds", () => {
    const hostile = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><svg onload=alert(1)>", "[a](javascript:alert(1))", "![a](http://x.example/a.png)", "<!--", "&lt;b&gt;"];
    const plainShape = shape(reportHtml(infect(explanation, "a"), infected("a")));
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary", maxLength: 12 }).map((text) => `${text}<b x="`)), (text) => {
        // Markdown makes elements of its own; blank, list and bold marks are taken out for the comparison.
        const safe = text.replace(/[\s*#]/g, "") + "-";
        const page = reportHtml(infect(explanation, safe), infected(safe));
        expect(shape(page)).toEqual(plainShape);
      }),
      { numRuns: 12 },
    );
  });

  it("refuses a style sheet that could end its element", () => {
    expect(() => reportHtml(explanation, { ...options, css: "</STYLE><script>" })).toThrow("dist/report.css");
  });

  it("is styled by one sheet that imports nothing", () => {
    const css = buildSync({ entryPoints: ["src/pictures/report/report.css"], bundle: true, minify: true, write: false, outdir: "out" }).outputFiles[0]!.text;
    expect(css).not.toMatch(/@import|url\(/);
    expect(css).toContain("prefers-color-scheme:dark");
    expect(readFileSync(".vscodeignore", "utf8")).toContain("!dist/report.css");
  });
});
