import { open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as vscode from "vscode";

const MAX_FILES = 200;
/** Folders that are looked into for data, and how deep. */
const MAX_FOLDERS = 1000;
const MAX_DEPTH = 3;
const HEAD = 65_536;
const MARK = "foxnas.supernet";

/** Paths of the workspace's files that call themselves a supernet, .safetensors first. */
export async function supernetFiles(): Promise<string[]> {
  const uris = await vscode.workspace.findFiles("**/*.{safetensors,onnx}", "**/node_modules/**", MAX_FILES);
  const paths = uris.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath);
  const marked = await Promise.all(paths.map((path) => isMarked(path).catch(() => false)));
  const rank = (path: string) => Number(!path.endsWith(".safetensors"));
  return paths.filter((_, i) => marked[i]).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/**
 * Whether a file's metadata names the format: safetensors has it at the beginning, ONNX at the end. Good enough for a
 * list; reading the file decides.
 */
async function isMarked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const part = async (from: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, from);
      return buffer.subarray(0, bytesRead).includes(MARK);
    };
    return (await part(0)) || (size > HEAD && (await part(size - HEAD)));
  } finally {
    await file.close();
  }
}

/** Paths of the folders that hold validation images or tensors: those beside the supernet first, then of the workspace. */
export async function dataFolders(supernet: string): Promise<string[]> {
  const roots = [dirname(supernet), ...(vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath)];
  const found = new Set<string>();
  for (const root of roots) await collect(root, found);
  return [...found];
}

/** Breadth first: data lies near the top, and a folder of classes has thousands of images. */
async function collect(root: string, found: Set<string>): Promise<void> {
  let level = [root];
  let looked = 0;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if ((looked += 1) > MAX_FOLDERS) return;
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      if (entries.some((entry) => entry.isFile() && /^validation(\.npz|\.images\.npy)$/.test(entry.name)) || (await hasClasses(folder, folders))) found.add(folder);
      else next.push(...folders.filter((name) => !name.startsWith(".") && name !== "node_modules").sort().map((name) => join(folder, name)));
    }
    level = next;
  }
}

/** `validation` or `val` with folders of classes in it: the name alone is common among sources too. */
async function hasClasses(folder: string, folders: readonly string[]): Promise<boolean> {
  const name = folders.find((one) => one === "validation" || one === "val");
  if (name === undefined) return false;
  const entries = await readdir(join(folder, name), { withFileTypes: true }).catch(() => []);
  return entries.some((entry) => entry.isDirectory());
}
