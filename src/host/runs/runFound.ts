import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { RunRecord } from "../../runs/runStore.js";
import { kindOf, type Found } from "../kinds/index.js";

export async function writeFound(folder: string, found: Found): Promise<void> {
  await writeFile(join(folder, "found.json"), JSON.stringify(found)).catch(() => undefined);
}

/** Null where nothing readable was stored; the row then shows the state alone. */
export async function readFound(folder: string, record: RunRecord): Promise<Found | null> {
  try {
    const parsed = v.safeParse(kindOf(record).foundSchema, JSON.parse(await readFile(join(folder, "found.json"), "utf8")));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
