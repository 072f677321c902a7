import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ProjectFile, ProjectKind } from "../codegen/index.js";
import { codeOf, writeFileAtomically } from "../runs/atomicFile.js";
import { textsOf } from "../runs/newFolder.js";
import { InputError } from "../shared/errors.js";
import type { Source } from "../shared/messages.js";

const MAX_BYTES = 64 * 1024 * 1024;

/** The bundle lies in dist/, beside worker.js; media/ and package.json are one level up. */
const ROOT = join(__dirname, "..");
export const WORKER_PATH = join(__dirname, "worker.js");

const LIBRARY = {
  space: { folder: join(ROOT, "media", "spaces"), suffix: ".json" },
  predictor: { folder: join(ROOT, "media", "predictors"), suffix: ".predictor.json" },
} as const;

/** Style sheet of a report. */
export function readReportCss(): Promise<string> {
  return readFile(join(__dirname, "report.css"), "utf8");
}

/** Version of this program. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  return version;
}

/**
 * Reads a text file.
 * @throws InputError naming the file when it cannot be read, is larger than 64 MB or is not UTF-8
 */
export async function readSource(path: string): Promise<Source> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      throw new InputError({ what: "the file is too large", file: path, found: `${size} bytes`, expected: `at most ${MAX_BYTES}` });
    }
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
    return { name: path, text };
  } catch (error) {
    throw readError(path, error);
  }
}

function readError(path: string, error: unknown): unknown {
  if (error instanceof TypeError) {
    return new InputError({ what: "the file is not UTF-8 text", file: path, expected: "text saved as UTF-8" });
  }
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return new InputError({ what: "there is no such file", file: path });
  if (code === "EISDIR") return new InputError({ what: "this is a folder", file: path, expected: "a file" });
  if (code === "EACCES" || code === "EPERM") return new InputError({ what: "reading the file is not permitted", file: path });
  if (code === "ENAMETOOLONG") return new InputError({ what: "the file name is too long", file: path });
  return error;
}

type Kind = keyof typeof LIBRARY;

/**
 * A built-in space or predictor by its ID, or a person's own by its FILE.
 * @throws InputError that lists the built-in IDs when it is neither
 */
export async function readFromLibrary(kind: Kind, idOrFile: string): Promise<Source> {
  const builtIn = await readBuiltIn(kind, idOrFile);
  if (builtIn !== undefined) return builtIn;
  if (existsSync(idOrFile)) return readSource(idOrFile);
  throw new InputError({
    what: `there is neither a built-in ${kind} nor a file of this name`,
    file: idOrFile,
    expected: [...(await builtInIds(kind)), "or a file"].join(", "),
  });
}

/** A built-in space or predictor; undefined where there is none of this ID. */
export async function readBuiltIn(kind: Kind, id: string): Promise<Source | undefined> {
  if (!(await builtInIds(kind)).includes(id)) return undefined;
  const { folder, suffix } = LIBRARY[kind];
  return { name: id, text: await readFile(join(folder, `${id}${suffix}`), "utf8") };
}

/** IDs of the built-in spaces or predictors. */
export async function builtInIds(kind: Kind): Promise<string[]> {
  const { folder, suffix } = LIBRARY[kind];
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length)).sort();
}

/** The template of a project, a folder of media/templates. */
export function readTemplate(kind: ProjectKind): Promise<ProjectFile[]> {
  return textsOf(join(ROOT, "media", "templates", kind));
}

/**
 * Replaces a file in one step. @returns its full path and size
 * @throws InputError naming the file when it cannot be written
 */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<{ path: string; bytes: number }> {
  try {
    const mode = existsSync(path) ? statSync(path).mode & 0o777 : 0o666 & ~process.umask();
    await writeFileAtomically(path, content);
    // The temporary file it was written to was for this person's eyes only.
    chmodSync(path, mode);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    const missing = code === "ENOENT" || code === "ENOTDIR";
    const folder = code === "EISDIR" || code === "ENOTEMPTY";
    throw new InputError({
      what: missing ? "the folder to write to does not exist" : folder ? "a folder has this name" : `the file cannot be written (${code})`,
      file: path,
      next: "Choose another --out.",
    });
  }
  return { path: resolve(path), bytes: Buffer.byteLength(content) };
}
