import * as vscode from "vscode";
import type { ProfileRequest } from "../../shared/profile.js";

/** What the settings say of measuring times; they are those of a profile. */
export function timingSettings(): Pick<ProfileRequest, "threads" | "executionProvider"> {
  const config = vscode.workspace.getConfiguration("foxnas.profile");
  return { threads: config.get<number>("threads", 1), executionProvider: config.get<string>("executionProvider", "cpu") };
}
