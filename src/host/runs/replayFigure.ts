import * as vscode from "vscode";
import type { Figure } from "../kinds/figures.js";
import type { Replay, Verdict } from "./replayFile.js";

/** What came out of a replay, as the first row below its run; null where there is nothing to say. */
export function replayFigure(replay: Replay | null): Figure | null {
  if (replay?.verdict == null) return null;
  const { of, verdict } = replay;
  const tooltip = verdictText(verdict, of);
  switch (verdict.kind) {
    case "same":
      return { icon: "check-all", label: vscode.l10n.t("Same result again"), description: of, tooltip };
    case "different":
      return { icon: "warning", label: vscode.l10n.t("Another result"), description: verdict.field, tooltip };
    case "measured":
      return { icon: "history", label: vscode.l10n.t("Measured anew"), description: of, tooltip };
  }
}

/** A verdict in a sentence. */
export function verdictText(verdict: Verdict, of: string): string {
  switch (verdict.kind) {
    case "same":
      return vscode.l10n.t("The same result as {0}, to the last digit but for elapsed times.", of);
    case "different":
      return vscode.l10n.t("Another result than {0}. The first difference is at {1}: {2} there, {3} here.", of, verdict.field, verdict.was, verdict.is);
    case "measured":
      return vscode.l10n.t("{0} was measured anew: times are never quite the same, so the two are not compared.", of);
  }
}
