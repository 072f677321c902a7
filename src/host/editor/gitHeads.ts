import * as vscode from "vscode";

/** As much of the built-in git extension's interface (version 1) as we ask. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: vscode.Uri): unknown; onDidOpenRepository: vscode.Event<unknown>; onDidCloseRepository: vscode.Event<unknown> };
}

/** Which files git keeps versions of. */
export class GitHeads implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #api: ReturnType<GitExtension["getAPI"]> | undefined;
  #begun: Promise<void> | undefined;
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];

  /** Repositories opened or closed. */
  readonly onDidChange = this.#changed.event;

  /** Begins to listen, when the first config is shown; VS Code has activated git by then, or does so now. */
  begin(): void {
    this.#begun ??= this.#listen().catch(() => undefined);
  }

  async #listen(): Promise<void> {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    if (extension === undefined) return;
    const git = await extension.activate();
    // Somebody switched git off.
    if (!git.enabled) return;
    this.#api = git.getAPI(1);
    this.#subscriptions.push(
      this.#api.onDidOpenRepository(() => this.#changed.fire()),
      this.#api.onDidCloseRepository(() => this.#changed.fire()),
    );
    this.#changed.fire();
  }

  /** Whether a file lies in a repository. */
  has(uri: vscode.Uri): boolean {
    return uri.scheme !== "untitled" && uri.scheme !== "git" && this.#api?.getRepository(uri) != null;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
