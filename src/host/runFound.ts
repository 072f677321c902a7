import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { SearchResult } from "../shared/results.js";

const FoundSchema = v.object({ accuracy: v.number(), accuracyUnit: v.string(), latency: v.number(), latencyUnit: v.string() });

/** What a run found, in short: a list must not read a whole journal for every row. */
export type Found = v.InferOutput<typeof FoundSchema>;

export async function writeFound(folder: string, { accuracy, latency }: NonNullable<SearchResult["predicted"]>): Promise<void> {
  const found: Found = { accuracy: accuracy.value, accuracyUnit: accuracy.unit, latency: latency.value, latencyUnit: latency.unit };
  await writeFile(join(folder, "found.json"), JSON.stringify(found)).catch(() => undefined);
}

/** Null where nothing readable was stored; the row then shows the state alone. */
export async function readFound(folder: string): Promise<Found | null> {
  try {
    const parsed = v.safeParse(FoundSchema, JSON.parse(await readFile(join(folder, "found.json"), "utf8")));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
