import * as vscode from "vscode";
import type { App } from "../app.js";
import { pick } from "../ask/steps.js";

/** Pages of `docs/`, which travel with the extension. */
export const PAGES = ["editor", "automation", "language-model-tools", "expected"] as const;
export type Page = (typeof PAGES)[number];

const isPage = (value: unknown): value is Page => (PAGES as readonly unknown[]).includes(value);

/**
 * Shows a page of the documentation in VS Code's Markdown preview; without a page the person picks one.
 * @param page may come from anywhere: what is no page is asked for
 * @param anchor of a heading
 */
export async function openDocs({ context }: Pick<App, "context">, page?: unknown, anchor?: unknown): Promise<void> {
  const chosen = isPage(page) ? page : await choosePage();
  if (chosen === undefined) return;
  const file = vscode.Uri.joinPath(context.extensionUri, "docs", `${chosen}.md`);
  const place = typeof anchor === "string" && /^[\w-]+$/.test(anchor) ? file.with({ fragment: anchor }) : file;
  await vscode.commands.executeCommand("markdown.showPreview", place);
}

async function choosePage(): Promise<Page | undefined> {
  const labels: Record<Page, { label: string; detail: string }> = {
    editor: { label: vscode.l10n.t("Configs in the editor"), detail: vscode.l10n.t("Problems and their fixes, hovers, figures, settings") },
    automation: { label: vscode.l10n.t("Tasks and automation"), detail: vscode.l10n.t("tasks.json, the command line, GitHub Actions") },
    "language-model-tools": { label: vscode.l10n.t("Language-model tools"), detail: vscode.l10n.t("What a chat can ask FOX-NAS, and what it is asked before") },
    expected: { label: vscode.l10n.t("Everything there is"), detail: vscode.l10n.t("Commands, settings, views, trust, accessibility, privacy") },
  };
  const items = PAGES.map((page) => ({ ...labels[page], value: page }));
  return pick<Page>({ title: vscode.l10n.t("Open Documentation"), placeholder: vscode.l10n.t("Which page?"), items });
}

/** The page that helps with bad input, by the file that is wrong; undefined where none does. */
export function helpFor(file: string | undefined): { page: Page; anchor: string } | undefined {
  if (file === undefined) return undefined;
  if (/\.foxnas\.(json|ya?ml)$/.test(file)) return { page: "editor", anchor: "problems" };
  if (file.endsWith("tasks.json")) return { page: "automation", anchor: "tasks" };
  return undefined;
}
