import { basename } from "node:path";
import * as vscode from "vscode";
import { InputError } from "../../shared/errors.js";
import { countOf } from "../../shared/format.js";
import type { DataCard, Reference, SupernetCard } from "../../shared/supernet.js";
import type { Source } from "../../shared/source.js";
import type { App } from "../app.js";
import { details } from "../format.js";
import { jobWithProgress } from "../jobProgress.js";

/** A supernet and data that go together, as the worker has read them. */
export interface Inspected {
  supernet: Reference;
  data: Reference;
  cards: { supernet: SupernetCard; data: DataCard };
}

type Parts = Pick<App, "workerPath" | "log">;

/** Reads a supernet and a data folder; undefined when the person cancelled. Throws InputError that names the file, RunFailure. */
export async function inspect(parts: Parts, space: Source, supernet: string, data: string): Promise<Inspected | undefined> {
  const title = vscode.l10n.t("Reading {0} and {1}", basename(supernet), basename(data));
  const result = await jobWithProgress<"inspect">({ kind: "inspect", space, supernet, data }, { title, ...parts });
  if (result === undefined) return undefined;
  if (result.supernet === null || result.data === null) throw new Error("the worker has left out what it was asked for");
  return {
    supernet: { name: result.supernet.name, path: supernet, digest: result.supernet.digest },
    data: { name: result.data.name, path: data, digest: result.data.digest },
    cards: { supernet: result.supernet, data: result.data },
  };
}

/** `229 k parameters, 0.9 MB · 2 000 validation and 500 calibration images, 10 classes` */
export function cardText({ supernet, data }: Inspected["cards"]): string {
  return details([
    vscode.l10n.t("{0} parameters, {1}", shortText(supernet.parameters), sizeText(supernet.bytes)),
    vscode.l10n.t("{0} validation and {1} calibration images, {2} classes", countOf(data.validation), countOf(data.calibration), data.classes.length),
  ]);
}

/** Bytes for people. */
export function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function shortText(parameters: number): string {
  return parameters < 1e6 ? `${Math.round(parameters / 1e3)} k` : `${(parameters / 1e6).toFixed(1)} M`;
}

/**
 * The supernet, or the data, at a path, where it is the one that is wanted; undefined when the person cancelled.
 * @throws InputError where it cannot be read or is another one
 */
export async function inspectWanted<K extends "supernet" | "data">(parts: Parts, kind: K, space: Source, path: string, wanted: Omit<Reference, "path">): Promise<Inspected["cards"][K] | undefined> {
  const title = vscode.l10n.t("Reading {0}", basename(path));
  const asked = { supernet: null, data: null, [kind]: path } as { supernet: string | null; data: string | null };
  const result = await jobWithProgress<"inspect">({ kind: "inspect", space, ...asked }, { title, ...parts });
  const card = result?.[kind];
  if (card === null || card === undefined) return undefined;
  if (card.digest === wanted.digest) return card as Inspected["cards"][K];
  throw new InputError({
    what: kind === "supernet" ? vscode.l10n.t("this is not the supernet that the accuracy predictor was fitted to") : vscode.l10n.t("these are not the images that the accuracy predictor was fitted to"),
    file: path,
    found: `${card.name}, sha256 ${card.digest.slice(0, 16)}`,
    expected: `${wanted.name}, sha256 ${wanted.digest.slice(0, 16)}`,
    next: kind === "supernet" ? vscode.l10n.t("Pick that file; after further training, evaluate the supernet again.") : vscode.l10n.t("Pick that folder; with other images, evaluate the supernet again."),
  });
}
