import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { readConfig } from "../../shared/files/index.js";
import type { Source } from "../../shared/source.js";
import { isConfig } from "../editor/configFiles.js";
import { baseName, readSource } from "../library.js";

/** One side of a comparison: where its text comes from, now and when it changes. */
export interface Side {
  /** The same key, the same side. */
  key: string;
  title: string;
  /** What tells it from a side of the same title. */
  longTitle: string;
  /** Whose settings hold for it; undefined where it is no document. */
  uri: vscode.Uri | undefined;
  /** Its text as it stands, saved or not. Throws InputError where there is none. */
  read: () => Promise<Source>;
  /** Calls back when the text is another one. */
  follow: (changed: () => void) => vscode.Disposable;
}

const BESIDE_DISK = new Set(["untitled", "git"]);

/** A document: the unsaved text where it is open, what lies on the disk elsewhere. */
export function documentSide(uri: vscode.Uri): Side {
  const key = uri.toString();
  const open = () => vscode.workspace.textDocuments.find((one) => one.uri.toString() === key);
  const ref = gitRef(uri);
  const named = (name: string) => (ref === undefined ? name : `${name} (${ref})`);
  return {
    key,
    uri,
    title: named(baseName(uri)),
    longTitle: named(vscode.workspace.asRelativePath(uri)),
    read: async () => {
      const document = open();
      if (document !== undefined) return sourceOf(document);
      if (uri.scheme === "untitled") throw new InputError({ what: vscode.l10n.t("the document is closed"), file: baseName(uri), next: vscode.l10n.t("Compare again, with a document that is open.") });
      return BESIDE_DISK.has(uri.scheme) ? sourceOf(await vscode.workspace.openTextDocument(uri)) : readSource(uri, "json");
    },
    follow: (changed) => {
      const ours = (one: vscode.TextDocument) => {
        if (one.uri.toString() === key) changed();
      };
      const { workspace } = vscode;
      const listening = [workspace.onDidChangeTextDocument(({ document }) => ours(document)), workspace.onDidCloseTextDocument(ours)];
      return vscode.Disposable.from(...listening, ...(BESIDE_DISK.has(uri.scheme) ? [] : watching(uri, changed)));
    },
  };
}

function watching(uri: vscode.Uri, changed: () => void): vscode.Disposable[] {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), baseName(uri)));
  return [watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)];
}

/** A text that does not change: the architecture of a run. */
export function textSide({ title, source }: { title: string; source: Source }): Side {
  return { key: `text:${title}:${source.text}`, title, longTitle: title, uri: undefined, read: () => Promise.resolve(source), follow: () => new vscode.Disposable(() => undefined) };
}

/** The text of a document under a name that tells its format: one without a file has but a language. */
export function sourceOf(document: vscode.TextDocument): Source {
  const name = vscode.workspace.asRelativePath(document.uri);
  const plain = document.isUntitled && !isConfig(document) && document.languageId === "yaml";
  return { name: plain ? `${name}.yaml` : name, text: document.getText() };
}

/** Whether a document without a name of a config holds one. */
export function holdsConfig(document: vscode.TextDocument): boolean {
  try {
    readConfig(sourceOf(document));
    return true;
  } catch {
    return false;
  }
}

/** What git's own documents are a version of: `HEAD`, a commit's first digits, `index`. */
function gitRef({ scheme, query }: vscode.Uri): string | undefined {
  if (scheme !== "git") return undefined;
  try {
    const { ref } = JSON.parse(query) as { ref?: unknown };
    // Git's extension writes ~ and nothing for what is staged.
    if (typeof ref !== "string" || ref === "" || ref === "~") return vscode.l10n.t("index");
    return /^[0-9a-f]{40}$/.test(ref) ? ref.slice(0, 8) : ref;
  } catch {
    return "git";
  }
}
