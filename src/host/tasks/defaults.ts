import { join, relative } from "node:path";
import * as vscode from "vscode";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { readConfig } from "../../shared/files/index.js";
import type { PredictorFile, Target } from "../../shared/predictor.js";
import type { Entry, Library } from "../library.js";
import { readSource } from "../library.js";
import { fileIn } from "../workspaceFile.js";
import type { CheckTask } from "./definition.js";

/** Fills in what a check leaves out: predictors of the config's space and resolution, and its budget. */
export async function withDefaults(task: CheckTask, folder: vscode.WorkspaceFolder, library: Library): Promise<CheckTask> {
  if (task.accuracy !== undefined && task.latency !== undefined && task.budget !== undefined && task.space !== undefined) return task;
  const config = await configOf(fileIn(folder.uri, task.config));
  if (config === undefined) return task;
  const [spaces, { entries }] = await Promise.all([library.spaces(), library.predictors()]);
  const space = spaces.entries.find(({ content }) => content.id === config.space);
  return {
    ...task,
    // The command line knows the built-in spaces by itself.
    space: task.space ?? (space === undefined || space.builtIn ? undefined : pathOf(space, folder)),
    accuracy: task.accuracy ?? predictorFor(config, "accuracy", entries, folder),
    latency: task.latency ?? predictorFor(config, "latency", entries, folder),
    budget: task.budget ?? budgetOf(config, folder),
  };
}

/** Undefined for a file that is no config: its problems are the editor's to tell. */
async function configOf(file: vscode.Uri): Promise<ArchitectureConfig | undefined> {
  try {
    return readConfig(await readSource(file, "json"));
  } catch {
    return undefined;
  }
}

/** The budget that the config was searched under, else the setting’s; undefined where there is neither. */
function budgetOf({ provenance }: ArchitectureConfig, folder: vscode.WorkspaceFolder): number | undefined {
  return provenance?.budget ?? vscode.workspace.getConfiguration("foxnas", folder).get<number | null>("budget", null) ?? undefined;
}

/** The command line reads files: a predictor that is kept in a run must be saved first. One of the workspace goes before a built-in one. */
function predictorFor({ space, resolution }: ArchitectureConfig, target: Target, all: readonly Entry<PredictorFile>[], folder: vscode.WorkspaceFolder): string | undefined {
  const fitting = all.filter(({ content, uri }) => uri !== null && content.target === target && content.space === space && content.resolution === resolution);
  const chosen = fitting.find(({ builtIn }) => !builtIn) ?? fitting[0];
  if (chosen === undefined) return undefined;
  return chosen.builtIn ? chosen.source.name.replace(/\.predictor\.json$/, "") : pathOf(chosen, folder);
}

function pathOf({ uri }: Entry<unknown>, folder: vscode.WorkspaceFolder): string | undefined {
  if (uri === null) return undefined;
  const path = relative(folder.uri.fsPath, uri.fsPath);
  return path.startsWith("..") ? join(uri.fsPath) : path;
}
