import * as vscode from "vscode";
import { costsOfConfig } from "../../codegen/index.js";
import { isKind } from "../../runs/runStore.js";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import { InputError } from "../../shared/errors.js";
import { configText, inputErrorAt, readConfig, readSpace } from "../../shared/files/index.js";
import type { Source } from "../../shared/source.js";
import type { Space } from "../../shared/space.js";
import type { App } from "../app.js";
import { spaceNamedBy } from "../start/benchCandidates.js";
import { configOfRun } from "../found/config.js";
import { finishedFound, type AboutFound } from "../found/finishedSearch.js";
import { readSource } from "../library.js";
import { withDesign } from "../found/meant.js";
import { configOfFinalist, meantFinalist, type AboutFinalist } from "../supernet/finishedFinalists.js";

/** An architecture to write as code, with the space it belongs to. */
export interface Subject {
  config: ArchitectureConfig;
  /** The config's text and file name: what errors cite and generated files name. */
  source: Source;
  space: Space;
  spaceSource: Source;
  /** Of the config's file, without folder and ending. */
  name: string;
  /** The document it stands in; undefined where a run found it. */
  uri?: vscode.Uri;
  /** Of random weights. */
  seed: number;
  parameters: number;
  multiplyAdds: number;
}

/** Parts that a subject is read with. */
export type Parts = Pick<App, "library" | "runs" | "version" | "workerPath" | "log">;

/** What the person means: a config's file, or what a run found (with a point of its front, or a finalist's index). */
export type About = vscode.Uri | (Partial<AboutFound> & AboutFinalist & { runId: string });

const ENDING = /(\.foxnas)?\.(json|ya?ml)$/i;

/** Whether a document is a config by its name. */
export const isConfigName = (path: string): boolean => /\.foxnas\.(json|ya?ml)$/i.test(path);

/**
 * The architecture that is meant. The text of an open document counts as it is typed, saved or not.
 * @returns undefined where the person gave up
 * @throws InputError naming the place in the text, where there is one; RunFailure
 */
export async function subjectOf(parts: Parts, about: About, title: string): Promise<Subject | undefined> {
  return about instanceof vscode.Uri ? ofDocument(parts, about) : ofRun(parts, about, title);
}

async function ofDocument({ library }: Parts, uri: vscode.Uri): Promise<Subject> {
  const source = await textOf(uri);
  const config = readConfig(source);
  const spaceSource = await spaceNamedBy(source, config.space, library);
  const name = source.name.split("/").at(-1)!.replace(ENDING, "");
  return checked({ config, source, spaceSource, name, uri, seed: 1 });
}

/** An untitled document has no ending: its language says how it is read. */
async function textOf(uri: vscode.Uri): Promise<Source> {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (open === undefined) return readSource(uri, "json");
  const name = vscode.workspace.asRelativePath(uri);
  const ending = ENDING.test(name) ? "" : open.languageId === "yaml" ? ".yaml" : ".json";
  return { name: name + ending, text: open.getText() };
}

async function ofRun(parts: Parts, about: Exclude<About, vscode.Uri>, title: string): Promise<Subject | undefined> {
  const { runs, version } = parts;
  const record = await runs.record(about.runId);
  const date = new Date().toISOString();
  if (record !== undefined && isKind(record, "finalists")) {
    const meant = await meantFinalist(runs, about, title);
    return meant === undefined ? undefined : found(configOfFinalist(meant, version, date), meant.record.request);
  }
  const { record: search, result, measured } = await finishedFound(runs, about.runId);
  const designed = await withDesign(parts, search, result, about.architecture);
  return found(configOfRun(search, designed, about.point ?? null, version, date, measured), search.request);
}

function found({ config, name }: { config: ArchitectureConfig; name: string }, { space, seed }: { space: Source; seed: number }): Subject {
  const source = { name: `${name}.foxnas.json`, text: configText(config, "json") };
  return checked({ config, source, spaceSource: space, name, seed });
}

/** Every writer would refuse an architecture outside its space; here the error still knows its line. */
function checked(read: Omit<Subject, "space" | "parameters" | "multiplyAdds">): Subject {
  const space = readSpace(read.spaceSource);
  try {
    return { ...read, space, ...costsOfConfig(read.config, space, read.source.name) };
  } catch (error) {
    if (!(error instanceof InputError) || error.problem.field === undefined) throw error;
    throw inputErrorAt(read.source, pathOf(error.problem.field), error.problem);
  }
}

/** `stages[0].blocks[1].kernel` as the way to it. */
const pathOf = (field: string): (string | number)[] => (field.match(/[^.[\]]+/g) ?? []).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
