import * as vscode from "vscode";
import { InputError } from "../shared/errors.js";
import { readPredictor, readSpace } from "../shared/files/index.js";
import type { Source } from "../shared/messages.js";
import type { PredictorFile } from "../shared/predictor.js";
import type { Space } from "../shared/space.js";

/** A space or predictor file that was read and understood. */
export interface Entry<T> {
  /** Names the file in remembered answers; a built-in one keeps its key across updates. */
  key: string;
  builtIn: boolean;
  /** Null where it is no file: made by a run. */
  uri: vscode.Uri | null;
  source: Source;
  content: T;
}

export interface Listing<T> {
  entries: Entry<T>[];
  /** Files of the workspace that could not be read, with the reason. */
  unreadable: { uri: vscode.Uri; error: unknown }[];
}

interface Kind<T> {
  /** The workspace's files end with `.NAME.json`; the built-in ones are the JSON files of `media/NAMEs`. */
  name: "space" | "predictor";
  parse: (source: Source) => T;
}

const SPACE: Kind<Space> = { name: "space", parse: readSpace };
const PREDICTOR: Kind<PredictorFile> = { name: "predictor", parse: readPredictor };
const MAX_FILES = 200;
const MAX_BYTES = { json: 16, csv: 256 } as const;

/** Finds and reads search spaces and predictors: the built-in ones, and in a trusted workspace its own. */
export class Library {
  /** @param profiled predictors that runs of this window's storage have made */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly profiled: () => Promise<Entry<PredictorFile>[]>,
  ) {}

  spaces(): Promise<Listing<Space>> {
    return this.list(SPACE);
  }

  async predictors(): Promise<Listing<PredictorFile>> {
    const [listing, profiled] = await Promise.all([this.list(PREDICTOR), this.profiled()]);
    return { ...listing, entries: [...profiled, ...listing.entries] };
  }

  /** Reads one space file. Throws InputError when it is not one. */
  space(uri: vscode.Uri): Promise<Entry<Space>> {
    return this.read(SPACE, uri, false);
  }

  /** Reads one predictor file. Throws InputError when it is not one. */
  predictor(uri: vscode.Uri): Promise<Entry<PredictorFile>> {
    return this.read(PREDICTOR, uri, false);
  }

  private async list<T>(kind: Kind<T>): Promise<Listing<T>> {
    const folder = vscode.Uri.joinPath(this.extensionUri, "media", `${kind.name}s`);
    const suffix = `.${kind.name}.json`;
    const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).filter((name) => name.endsWith(".json"));
    const builtIn = await Promise.all(names.sort().map((name) => this.read(kind, vscode.Uri.joinPath(folder, name), true)));
    const own = await this.listWorkspace(kind, suffix);
    return { entries: [...builtIn, ...own.entries], unreadable: own.unreadable };
  }

  private async listWorkspace<T>(kind: Kind<T>, suffix: string): Promise<Listing<T>> {
    const listing: Listing<T> = { entries: [], unreadable: [] };
    if (!vscode.workspace.isTrusted) return listing;
    const uris = await vscode.workspace.findFiles(`**/*${suffix}`, "**/node_modules/**", MAX_FILES);
    for (const uri of uris.sort((a, b) => a.path.localeCompare(b.path))) {
      try {
        listing.entries.push(await this.read(kind, uri, false));
      } catch (error) {
        listing.unreadable.push({ uri, error });
      }
    }
    return listing;
  }

  private async read<T>(kind: Kind<T>, uri: vscode.Uri, builtIn: boolean): Promise<Entry<T>> {
    const source = builtIn
      ? { name: baseName(uri), text: decode(await vscode.workspace.fs.readFile(uri)) }
      : await readSource(uri, "json");
    const key = builtIn ? `builtin:${source.name}` : uri.toString();
    return { key, builtIn, uri, source, content: kind.parse(source) };
  }
}

/**
 * Reads a file a person picked; its name is what errors cite and `locate` finds again.
 * Throws InputError for a file that is missing or too large.
 */
export async function readSource(uri: vscode.Uri, kind: keyof typeof MAX_BYTES): Promise<Source> {
  const name = vscode.workspace.asRelativePath(uri);
  try {
    // Size first: a workspace file is untrusted and may be as large as the disk.
    const { size } = await vscode.workspace.fs.stat(uri);
    const limit = MAX_BYTES[kind];
    if (size > limit * 2 ** 20) {
      throw new InputError({ what: vscode.l10n.t("the file is too large"), file: name, found: `${(size / 2 ** 20).toFixed(0)} MiB`, expected: vscode.l10n.t("at most {0} MiB", limit) });
    }
    return { name, text: decode(await vscode.workspace.fs.readFile(uri)) };
  } catch (error) {
    if (error instanceof vscode.FileSystemError) {
      throw new InputError({ what: vscode.l10n.t("the file cannot be read"), file: name, found: error.code, next: vscode.l10n.t("Pick another file.") });
    }
    throw error;
  }
}

/** The file that an error names, when it is one of the workspace. */
export function locate(name: string): vscode.Uri | undefined {
  if (name.startsWith("/") || /^[a-z]:\\/i.test(name)) return vscode.Uri.file(name);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [head, ...rest] = name.split("/");
  const folder = folders.length > 1 ? folders.find((one) => one.name === head) : folders[0];
  if (folder === undefined) return undefined;
  return vscode.Uri.joinPath(folder.uri, folders.length > 1 ? rest.join("/") : name);
}

export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
