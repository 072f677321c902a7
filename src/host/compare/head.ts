import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { baseName } from "../library.js";
import type { Side } from "./sides.js";

/** As much of the interface of VS Code's own git extension (version 1) as we ask. */
interface Git {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<Git["state"]>;
  getRepository(uri: vscode.Uri): Repository | null;
  openRepository?(root: vscode.Uri): Promise<Repository | null>;
}
interface Repository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined; readonly onDidChange: vscode.Event<void> };
  status(): Promise<void>;
  /** Text of a file at a commit; rejects where it has none. */
  show(ref: string, path: string): Promise<string>;
}
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): Git;
}

/** A file as it is in the last commit; it changes when that does. Throws InputError where there is no such version. */
export async function headSide(uri: vscode.Uri): Promise<Side> {
  const file = vscode.workspace.asRelativePath(uri);
  if (uri.scheme !== "file") throw new InputError({ what: vscode.l10n.t("only a saved file has a version in git"), file, next: vscode.l10n.t("Save it first.") });
  const repository = await repositoryOf(uri, file);
  const side: Side = {
    key: `HEAD:${uri.toString()}`,
    title: vscode.l10n.t("{0} (HEAD)", baseName(uri)),
    longTitle: vscode.l10n.t("{0} (HEAD)", file),
    uri,
    read: async () => ({ name: baseName(uri), text: await textAtHead(repository, uri, file) }),
    follow: (changed) => {
      let commit = repository.state.HEAD?.commit;
      return repository.state.onDidChange(() => {
        if (commit === repository.state.HEAD?.commit) return;
        commit = repository.state.HEAD?.commit;
        changed();
      });
    },
  };
  // Now, so that a person hears it at once.
  await side.read();
  return side;
}

async function repositoryOf(uri: vscode.Uri, file: string): Promise<Repository> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  const exported = await extension?.activate();
  if (exported?.enabled !== true) {
    throw new InputError({ what: vscode.l10n.t("git is switched off in VS Code"), file, next: vscode.l10n.t("Switch it on: the extension Git and the setting git.enabled, with git itself installed.") });
  }
  const git = exported.getAPI(1);
  await initialized(git);
  const repository = git.getRepository(uri) ?? (await git.openRepository?.(vscode.Uri.joinPath(uri, "..")));
  if (repository != null) return repository;
  throw new InputError({ what: vscode.l10n.t("the file lies in no git repository that VS Code has open"), file, next: vscode.l10n.t("Initialise a repository, or open its folder.") });
}

/** Git's extension looks for repositories when the window opens. */
async function initialized(git: Git): Promise<void> {
  if (git.state === "initialized") return;
  await new Promise<void>((resolve) => {
    const listening = git.onDidChangeState((state) => {
      if (state !== "initialized") return;
      listening.dispose();
      resolve();
    });
  });
}

async function textAtHead(repository: Repository, uri: vscode.Uri, file: string): Promise<string> {
  try {
    return await repository.show("HEAD", uri.fsPath);
  } catch (error) {
    // What git says is in the language of the machine.
    if (repository.state.HEAD?.commit === undefined) await repository.status();
    if (repository.state.HEAD?.commit === undefined) throw new InputError({ what: vscode.l10n.t("the repository has no commit yet"), file, next: vscode.l10n.t("Commit the file first.") });
    throw new InputError({ what: vscode.l10n.t("the last commit has no such file"), file, found: firstLine(error), next: vscode.l10n.t("Commit the file first; after a rename, compare the two files.") });
  }
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
