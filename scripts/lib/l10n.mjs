// Texts of the program: which are there, and what each language lacks.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root } from "./paths.mjs";

/** Languages beside English. */
export const LANGUAGES = ["de", "ja"];
/** Folders whose texts people see. The command line's own texts are English. */
const ROOMS = ["src/host", "src/shared", "src/pictures", "src/editor", "src/codegen", "src/runs", "src/worker", "webview-ui"];

const json = (name) => (existsSync(path.join(root, name)) ? JSON.parse(readFileSync(path.join(root, name), "utf8")) : {});
export const bundleOf = (language) => json(`l10n/bundle.l10n.${language}.json`);
export const manifestTexts = (language) => json(language === "en" ? "package.nls.json" : `package.nls.${language}.json`);

const sources = () =>
  ROOMS.filter((room) => existsSync(path.join(root, room))).flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true })
      .map((file) => `${room}/${file}`.replaceAll("\\", "/"))
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts") && file !== "src/shared/l10n.ts"),
  );

/** First arguments of `t(…)` and `vscode.l10n.t(…)`: literals by text, with their places, and whatever is no literal. */
export function extractedTexts() {
  const texts = new Map();
  const notLiteral = [];
  for (const file of sources()) {
    const source = ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (ts.isCallExpression(node) && /^(vscode\.l10n\.|l10n\.)?t$/.test(node.expression.getText(source))) {
        const [message] = node.arguments;
        const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
        if (message !== undefined && ts.isStringLiteralLike(message)) texts.set(message.text, [...(texts.get(message.text) ?? []), place]);
        else notLiteral.push(`${place}: ${message?.getText(source) ?? ""}`);
      }
      node.forEachChild(visit);
    };
    visit(source);
  }
  return { texts, notLiteral };
}

/** `%key%` of the manifest, and keys of views that it could name. */
export const manifestKeys = () => [...new Set([...readFileSync(path.join(root, "package.json"), "utf8").matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key))];

/** Placeholders of a text, sorted. */
export const placeholders = (text) => [...new Set([...text.matchAll(/\{\d+\}/g)].map(([one]) => one))].sort();

/** What a language lacks, holds in vain, or fills otherwise. */
export function gapsOf(language, texts = extractedTexts().texts) {
  const bundle = bundleOf(language);
  const manifest = manifestTexts(language);
  const english = manifestTexts("en");
  return {
    missing: [...texts.keys()].filter((text) => !Object.hasOwn(bundle, text)),
    stale: Object.keys(bundle).filter((text) => !texts.has(text)),
    placeholders: Object.keys(bundle).filter((text) => String(placeholders(text)) !== String(placeholders(bundle[text]))),
    missingKeys: manifestKeys().filter((key) => !Object.hasOwn(manifest, key)),
    staleKeys: Object.keys(manifest).filter((key) => !Object.hasOwn(english, key)),
  };
}
