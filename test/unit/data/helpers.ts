import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished } from "vitest";
import { InputError } from "../../../src/shared/errors.js";
import type { DataOptions } from "../../../src/worker/data/index.js";
import { decodeImage } from "../../../src/worker/data/decode.js";
import { prepared } from "../../../src/worker/data/prepare.js";

export const FIXTURES = fileURLToPath(new URL("./fixtures/", import.meta.url));
export const fixture = (name: string) => readFileSync(join(FIXTURES, name));

export const OPTIONS: DataOptions = {
  preprocessing: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], cropShare: 1 },
  resolution: 8,
  classes: 3,
};

/** An entry of draw.py's expected.json. */
export interface Drawn {
  readonly file: string;
  readonly resolution: number;
  readonly cropShare: number;
  /** Base64 of uint8 [R, R, 3], by PIL and torchvision. */
  readonly pixels: string;
  /** Base64 of float32 [3, R, R]. */
  readonly tensor?: string;
}

export const readDrawn = (folder: string) => JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Drawn[];

/** [R, R, 3] as the worker makes it of a file. */
export async function preparedFile(folder: string, { file, resolution, cropShare }: Drawn): Promise<Uint8Array> {
  const pixels = await decodeImage(readFileSync(join(folder, file)), file);
  return prepared(pixels, { preprocessing: { ...OPTIONS.preprocessing, cropShare }, resolution });
}

/** A folder with these files in it, gone after the test. */
export function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const root = mkdtempSync(join(tmpdir(), "fox-nas-data-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** A .npy file, version 1.0 or later. */
export function npy(descr: string, shape: readonly number[], data: Uint8Array, { version = 1, fortran = false, header }: { version?: number; fortran?: boolean; header?: string } = {}): Buffer {
  const text = `${header ?? `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`}\n`;
  const prefix = Buffer.from([0x93, ...Buffer.from("NUMPY"), version, 0, ...(version === 1 ? [0, 0] : [0, 0, 0, 0])]);
  if (version === 1) prefix.writeUInt16LE(text.length, 8);
  else prefix.writeUInt32LE(text.length, 8);
  return Buffer.concat([prefix, Buffer.from(text, "latin1"), data]);
}

/** What a person is told; fails where the work succeeds or something else is thrown. */
export async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}
