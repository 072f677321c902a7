import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundleOf, extractedTexts, gapsOf, LANGUAGES, manifestTexts } from "../../../scripts/lib/l10n.mjs";

const { texts, notLiteral } = extractedTexts();

/** The same in German: names, units, numbers alone, and words that German took over. */
const SAME = new Set([
  "Format", "CPU", "Parameter (M)", "Multiply-adds (M)", "Block", "Budget", "Term", "Batch-norm", "Median", "Text", "Name", "MAE", "Top-5", "Top-5 (%)", "Alternativen", "System", "Drift", "Benchmark…", "Benchmark", "Finalist", "Finalist {0}", "{0} (HEAD)", "Form", "Kernel (px)",
  "Squeeze-excite", "ONNX, int8", "ONNX, float32", "Threads", "Seed", "Multiply-adds", "Split-half", "Pause", "budget", "Baseline", "{0} in {1}",
]);
/** Without placeholders, numbers, units and signs nothing is left to translate. */
const wordless = (text: string): boolean => !/\p{L}{2,}/u.test(text.replaceAll(/\{\d+\}|\b(?:ms|pp|px|min|GiB|MB|int8|onnxruntime|FOX-NAS|SHA|Top|fp32|JSON|YAML|ONNX|PyTorch|Keras|Python|Markdown|OK)\b/g, ""));

describe("the texts of the program", () => {
  it("are literals, so that they can be collected", () => {
    expect(texts.size).toBeGreaterThan(1000);
    expect(notLiteral).toEqual([]);
  });

  it.each(LANGUAGES)("are all there in %s, with the same placeholders, and none is left over", (language) => {
    expect(gapsOf(language, texts)).toEqual({ missing: [], stale: [], placeholders: [], missingKeys: [], staleKeys: [] });
  });

  it.each(LANGUAGES)("begin and end with the same spaces in %s where they are parts of a line", (language) => {
    const off = Object.entries(bundleOf(language)).filter(([english, said]) => said === "" || (language === "de" && (/^\s/.test(english) !== /^\s/.test(said) || /\s$/.test(english) !== /\s$/.test(said))));
    expect(off).toEqual([]);
  });

  it("keep the links and settings of the manifest in every language", () => {
    const links = (text: string) => [...text.matchAll(/\]\([^)]+\)|`[^`]+`/g)].map(([link]) => link).sort();
    for (const language of LANGUAGES) {
      const manifest = manifestTexts(language);
      for (const [key, english] of Object.entries(manifestTexts("en"))) expect(links(manifest[key]!), `${language} ${key}`).toEqual(links(english));
    }
  });

  it.each(LANGUAGES)("name a button in %s by the words that it shows: whoever speaks to it says those", (language) => {
    const bundle = bundleOf(language);
    const letters = (text: string) => bundle[text]!.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim().toLowerCase();
    const named = readdirSync("webview-ui", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"))
      .flatMap((file) => [...readFileSync(`webview-ui/${file}`, "utf8").matchAll(/ label=\{t\("([^"]+)"\)\}>\{t\("([^"]+)"\)/g)]);
    expect(named.length).toBeGreaterThan(2);
    for (const [, heard, seen] of named) expect(letters(heard!)).toContain(letters(seen!));
  });

  it("are German in German: a text that is the same is a name or a number", () => {
    const same = Object.entries(bundleOf("de")).filter(([english, said]) => said === english && !wordless(english) && !SAME.has(english));
    expect(same.map(([english]) => english)).toEqual([]);
  });

  it("are Japanese in Japanese", () => {
    // Numbers, and what Japanese writes in Latin letters.
    const LATIN = new Set(["squeeze-excite", "tau {0}", "{0} % at {1} ms", "{0} (HEAD)", "{0} to {1} {2}", " and ", " to ", " ({0} to {1})", "{0} ({1} to {2})", "{0} to {1}", "{0} and {1}", ", from {0}", "the {0}", "{0} at {1}", "{0} at {1} ({2}, {3})", "{0} at {1} px", "{0} at {1}\u00a0px", "CPU", "MAE", "ONNX, float32", "SE squeeze-excite", "Squeeze-excite", "top-1, %"]);
    const latin = Object.entries(bundleOf("ja")).filter(([english, said]) => !wordless(english) && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(said));
    expect(latin.map(([english]) => english).filter((text) => !LATIN.has(text) && !/illion$/.test(text))).toEqual([]);
  });
});
