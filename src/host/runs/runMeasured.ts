import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { writeFileAtomically } from "../../runs/atomicFile.js";
import { VerifiedFileSchema, type Verified } from "../../shared/verified.js";

const fileIn = (folder: string): string => join(folder, "measured.json");

/** None where nothing readable was stored: it can be measured again. */
export async function readMeasured(folder: string): Promise<Verified[]> {
  try {
    const parsed = v.safeParse(VerifiedFileSchema, JSON.parse(await readFile(fileIn(folder), "utf8")));
    return parsed.success ? parsed.output.measured : [];
  } catch {
    return [];
  }
}

/** Rejects with the file system's error. */
export function writeMeasured(folder: string, measured: readonly Verified[]): Promise<void> {
  return writeFileAtomically(fileIn(folder), `${JSON.stringify({ version: 1, measured }, null, 1)}\n`);
}
