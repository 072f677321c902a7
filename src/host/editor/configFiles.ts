import type * as vscode from "vscode";

/** Documents that are architecture configs: by their name, whatever their scheme and language. */
export const CONFIG_SELECTOR: vscode.DocumentSelector = [{ pattern: "**/*.foxnas.{json,yaml,yml}" }];

const NAME = /\.foxnas\.(?:json|ya?ml)$/;

export function isConfig({ uri }: Pick<vscode.TextDocument, "uri">): boolean {
  return NAME.test(uri.path);
}
