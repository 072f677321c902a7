import type * as vscode from "vscode";

/** Answers of a wizard, kept for its next time: a new workspace starts with the answers given anywhere last. */
export function remembering<T extends object>(context: vscode.ExtensionContext, key: string): { read: () => T; write: (answers: T) => Promise<void> } {
  return {
    read: () => ({ ...(context.workspaceState.get<T>(key) ?? context.globalState.get<T>(key)) }) as T,
    write: async (answers) => {
      await Promise.all([context.workspaceState.update(key, answers), context.globalState.update(key, answers)]);
    },
  };
}
