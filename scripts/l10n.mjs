// Prints what the translations lack, hold in vain or fill otherwise; ends with 1 where there is anything.
//
//   node scripts/l10n.mjs [--json]
//
// With --json the missing texts of every language, to be filled in: { "de": { "English": "" }, … }
import { parseArgs } from "node:util";
import { bundleOf, extractedTexts, gapsOf, LANGUAGES, manifestTexts } from "./lib/l10n.mjs";

const { values: flags } = parseArgs({ options: { json: { type: "boolean" } } });
const { texts, notLiteral } = extractedTexts();
const gaps = Object.fromEntries(LANGUAGES.map((language) => [language, gapsOf(language, texts)]));

if (flags.json) {
  const empty = (keys) => Object.fromEntries(keys.map((key) => [key, ""]));
  console.log(JSON.stringify(Object.fromEntries(LANGUAGES.map((language) => [language, { ...empty(gaps[language].missing), ...empty(gaps[language].missingKeys) }])), null, 2));
} else {
  console.log(`${texts.size} texts, ${Object.keys(manifestTexts("en")).length} of the manifest`);
  for (const place of notLiteral) console.log(`  no literal: ${place}`);
  for (const language of LANGUAGES) {
    console.log(`${language}: ${Object.keys(bundleOf(language)).length} texts, ${Object.keys(manifestTexts(language)).length} of the manifest`);
    for (const [what, list] of Object.entries(gaps[language])) for (const text of list) console.log(`  ${what}: ${JSON.stringify(text)}  ${texts.get(text)?.[0] ?? ""}`);
  }
}
if (notLiteral.length > 0 || LANGUAGES.some((language) => Object.values(gaps[language]).some((list) => list.length > 0))) process.exitCode = 1;
