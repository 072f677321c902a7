import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as v from "valibot";
import { configureTexts } from "../shared/l10n.js";

const BundleSchema = v.record(v.string(), v.string());

/** The worker's first import: its parent names the bundle of its own language. Without one, and with one that cannot be read, English: a run matters more than its words. */
const file = process.argv[2];
if (file !== undefined) {
  try {
    const tag = /^bundle\.l10n\.(.+)\.json$/.exec(basename(file))?.[1];
    configureTexts(v.parse(BundleSchema, JSON.parse(readFileSync(file, "utf8"))), tag, file);
  } catch {
    configureTexts(undefined);
  }
}
