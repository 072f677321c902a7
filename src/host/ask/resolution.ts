import * as vscode from "vscode";
import { BACK, input, pick, type At, type Back } from "./steps.js";

interface ResolutionOptions {
  title: string;
  at: At;
  placeholder: string;
  /** px; the first is proposed where another one is typed. */
  offered: readonly number[];
  /** Preselected, and proposed before the first. */
  active: number | undefined;
  /** What is to be known of an offered one. */
  detail?: (resolution: number) => string;
}

/** A side of the input image, px: one of those offered, or another one that is typed. */
export async function pickResolution({ title, at, placeholder, offered, active, detail }: ResolutionOptions): Promise<number | Back | undefined> {
  for (;;) {
    const answer = await pick<number | "other">({
      title,
      at,
      placeholder,
      items: [
        ...offered.map((value) => ({ label: `${value} px`, detail: detail?.(value), value })),
        { label: `$(edit) ${vscode.l10n.t("Another one…")}`, value: "other" as const },
      ],
      active: (value) => value === active,
    });
    if (answer !== "other") return answer;
    const typed = await askResolution({ title, at, prompt: vscode.l10n.t("Resolution in pixels"), proposed: active ?? offered[0]! });
    if (typed !== BACK) return typed;
  }
}

/** A typed side of the input image, px. */
export function askResolution({ title, at, prompt, proposed }: { title: string; at: At; prompt: string; proposed: number }): Promise<number | Back | undefined> {
  return input<number>({
    title,
    at,
    value: String(proposed),
    prompt,
    placeholder: "224",
    advise: (text) => {
      const value = Number(text.replace(/\s*px\s*$/, ""));
      if (text.trim() !== "" && Number.isInteger(value) && value >= 8 && value <= 4096) return { value };
      return { message: vscode.l10n.t("A whole number of pixels from 8 to 4096 is expected, for example 224.") };
    },
  });
}
