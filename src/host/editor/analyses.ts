import * as vscode from "vscode";
import type { ConfigAnalysis, Models } from "../../editor/index.js";
import type * as EditorRoom from "../../editor/index.js";
import { isConfig } from "./configFiles.js";
import type { Pair } from "./predictorChoice.js";
import type { About, EditorSurroundings } from "./surroundings.js";

/** What is known of one version of a config's text. */
export interface Judged {
  /** Of the document. */
  version: number;
  analysis: ConfigAnalysis;
  /** What predictors are chosen by; null where the text names no space. */
  about: About | null;
  /** The predictors it is judged by. */
  pair: Pair;
  /** ms that the analysis took. */
  elapsedMs: number;
}

const NOBODY: Pair = { accuracy: null, latency: null };

/** One analysis for each version of a config document, shared by all that ask: diagnostics, lenses, hints, hovers, completions. */
export class ConfigAnalyses implements vscode.Disposable {
  /** The room that reads and judges; it is loaded with the first config, since every JSON file that is opened activates us. */
  #room: (typeof EditorRoom & { models: Models }) | undefined;
  #ready: Promise<void> | undefined;
  readonly #judged = new Map<string, Judged & { revision: number }>();
  readonly #subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#judged.delete(uri.toString()));

  constructor(readonly surroundings: EditorSurroundings) {}

  /** Loads and reads what is needed, the first time. */
  ready(): Promise<void> {
    this.#ready ??= this.#load();
    return this.#ready;
  }

  /** Predictors made ready to predict and explain: one set for all that judge. */
  async models(): Promise<Models> {
    await this.ready();
    return this.#room!.models;
  }

  /** Judges a document as it stands, in some milliseconds; once `ready`. */
  of(document: vscode.TextDocument): Judged {
    const key = document.uri.toString();
    const { version } = document;
    const { revision } = this.surroundings;
    const known = this.#judged.get(key);
    if (known?.version === version && known.revision === revision) return known;
    const judged = { ...this.#judge(document), revision };
    // A closed document may still be asked about, and nobody would tell when to forget it.
    if (!document.isClosed) this.#judged.set(key, judged);
    return judged;
  }

  /** The same for a provider: once everything is known, undefined for a document that is no config or a question that was withdrawn. */
  async when(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<Judged | undefined> {
    if (!isConfig(document)) return undefined;
    await this.ready();
    return token.isCancellationRequested ? undefined : this.of(document);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #load(): Promise<void> {
    const [room] = await Promise.all([import("../../editor/index.js"), this.surroundings.ready()]);
    this.#room = { ...room, models: new room.Models() };
  }

  #judge(document: vscode.TextDocument): Judged {
    const start = performance.now();
    if (this.#room === undefined) throw new Error("configs are judged before what judges them is loaded");
    const { ConfigAnalysis, readDocument, models } = this.#room;
    const read = readDocument({ name: document.uri.path, text: document.getText() });
    const { spaceId, config, architecture } = read;
    const resolution = config?.resolution ?? architecture?.resolution;
    const about = spaceId === null ? null : { space: spaceId, resolution, predicted: config?.predicted };
    const pair = about === null ? NOBODY : this.surroundings.predictors(about);
    const analysis = new ConfigAnalysis(
      read,
      {
        spaces: this.surroundings.spaces,
        accuracy: pair.accuracy?.content ?? null,
        latency: pair.latency?.content ?? null,
        budget: this.surroundings.budget(document.uri),
      },
      models,
    );
    return { version: document.version, analysis, about, pair, elapsedMs: performance.now() - start };
  }
}

/** The range of a span of a document's text. */
export function rangeOf(document: vscode.TextDocument, { start, end }: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
