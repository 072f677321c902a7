import * as v from "valibot";
import * as vscode from "vscode";
import type { Overview } from "../../shared/explanation.js";
import { FromPanelSchema, PanelUiSchema, type FromPanel, type ToPanel } from "../../shared/panel.js";
import { kindOf } from "../kinds/index.js";
import type { NearTiesCounter } from "./nearTies.js";
import { panelHtml } from "./panelHtml.js";
import { messageOf } from "../report.js";
import type { RunController } from "../runs/runController.js";

export const PANEL_TYPE = "foxnas.panel";

/** What the panel answers itself; everything else is a command. */
type Answered = "ready" | "report" | "painted" | "showLog" | "nearTies" | "overview";
export type Asked = Exclude<FromPanel, { type: Answered }>;

interface PanelParts {
  extensionUri: vscode.Uri;
  runs: RunController;
  nearTies: NearTiesCounter;
  /** What matters in the whole space of a search; undefined where there is no such run. */
  overview: (runId: string) => Promise<Overview | undefined>;
  log: vscode.LogOutputChannel;
  /** Commands the panel may ask for; it names a run, never data. */
  execute: (message: Asked) => void;
}

/** The one webview panel: shows one run at a time and draws what the host owns. */
export class Panel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  #webview: vscode.WebviewPanel | undefined;
  #runId: string | undefined;
  #ready = false;
  /** A message is on its way; progress that comes meanwhile waits, the latest wins. */
  #posting = false;
  #pending = false;
  /** Start of the run shown, ms of the process clock, for the log. */
  #startedAt = new Map<string, number>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(private readonly parts: PanelParts) {
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, this),
      parts.runs.onDidProgress((id) => {
        if (id === this.#runId) void this.#postProgress();
      }),
      parts.runs.onDidChange((id) => {
        if (id === this.#runId) void this.#postRun();
      }),
    ];
  }

  /** Run shown at the moment, also while the panel is closed. */
  get runId(): string | undefined {
    return this.#runId;
  }

  /** Column for an editor that must not cover the panel. */
  get editorColumn(): vscode.ViewColumn {
    return this.#webview?.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
  }

  /** Shows a run beside the editor; without an id the run shown last, or the empty panel. */
  show(runId: string | undefined = this.#runId): void {
    if (runId !== undefined) this.#runId = runId;
    if (this.#webview === undefined) {
      const { Beside } = vscode.ViewColumn;
      this.#attach(vscode.window.createWebviewPanel(PANEL_TYPE, "FOX-NAS", { viewColumn: Beside, preserveFocus: true }, { enableScripts: true }));
    } else {
      this.#webview.reveal(undefined, true);
      void this.#postRun();
    }
  }

  /** Remembers when a person asked for a run, so that the log tells how long the first picture took. */
  markStart(runId: string, atMs: number): void {
    this.#startedAt.set(runId, atMs);
  }

  async deserializeWebviewPanel(webview: vscode.WebviewPanel, state: unknown): Promise<void> {
    const ui = v.safeParse(PanelUiSchema, state);
    if (ui.success && ui.output.runId !== null) this.#runId = ui.output.runId;
    // A window that was reloaded right after its panel opened: the page had no time to keep what it shows.
    else this.#runId ??= (await this.parts.runs.list())[0]?.record.id;
    this.#webview?.dispose();
    this.#attach(webview);
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  #attach(webview: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.parts.extensionUri, "dist");
    this.#webview = webview;
    this.#ready = false;
    webview.iconPath = vscode.Uri.joinPath(this.parts.extensionUri, "media", "icons", "foxnas.png");
    webview.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    webview.onDidChangeViewState(() => {
      // A hidden panel is thrown away and says `ready` again when it is back.
      if (!webview.visible) this.#ready = false;
    });
    webview.onDidDispose(() => {
      if (this.#webview !== webview) return;
      this.#webview = undefined;
      this.#ready = false;
    });
    webview.webview.html = panelHtml(webview.webview, dist);
    void this.#postRun();
  }

  #receive(message: unknown): void {
    const { log, execute } = this.parts;
    const parsed = v.safeParse(FromPanelSchema, message);
    if (!parsed.success) {
      log.warn(`panel: a message was ignored: ${parsed.issues[0].message}`);
      return;
    }
    const { output } = parsed;
    switch (output.type) {
      case "ready":
        this.#ready = true;
        void this.#postRun();
        return;
      case "report":
        log.error(`panel: ${output.message}`);
        return;
      case "painted":
        this.#logPainted(output.runId, output.what);
        return;
      case "showLog":
        log.show();
        return;
      case "nearTies":
        void this.#countNearTies(output.runId, output.point);
        return;
      case "overview":
        void this.#overlook(output.runId);
        return;
      default:
        execute(output);
    }
  }

  async #postRun(): Promise<void> {
    const { runs, log } = this.parts;
    const id = this.#runId;
    try {
      const run = id === undefined ? null : await runs.view(id);
      const record = id === undefined ? undefined : await runs.record(id);
      // Another run may have been asked for meanwhile.
      if (id !== this.#runId || this.#webview === undefined) return;
      this.#webview.title = record === undefined ? "FOX-NAS" : kindOf(record).tabTitle(record);
      if (this.#ready) await this.#post({ type: "run", run });
    } catch (error) {
      log.error(`panel: run ${id} cannot be shown: ${messageOf(error)}`);
    }
  }

  async #postProgress(): Promise<void> {
    if (this.#posting) {
      this.#pending = true;
      return;
    }
    this.#posting = true;
    try {
      do {
        this.#pending = false;
        const id = this.#runId;
        const live = id === undefined ? undefined : this.parts.runs.live(id);
        if (!this.#ready || live === undefined || live.progress === null) return;
        const { id: runId, restarts, request } = live.record;
        // A run's progress is of its kind; the compiler cannot follow.
        await this.#post({ type: "progress", kind: request.kind, runId, progress: live.progress, restarts } as ToPanel);
      } while (this.#pending);
    } finally {
      this.#posting = false;
    }
  }

  async #countNearTies(runId: string, point: number): Promise<void> {
    try {
      const nearTies = await this.parts.nearTies.count(runId, point);
      if (nearTies !== undefined && runId === this.#runId) await this.#post({ type: "nearTies", runId, point, nearTies });
    } catch (error) {
      this.parts.log.error(`panel: the near-ties of run ${runId} could not be counted: ${messageOf(error)}`);
      await this.#post({ type: "nearTies", runId, point, nearTies: null });
    }
  }

  async #overlook(runId: string): Promise<void> {
    try {
      const overview = await this.parts.overview(runId);
      if (overview !== undefined && runId === this.#runId) await this.#post({ type: "overview", runId, overview });
    } catch (error) {
      this.parts.log.error(`panel: what matters in general to run ${runId} could not be computed: ${messageOf(error)}`);
      await this.#post({ type: "overview", runId, overview: null });
    }
  }

  async #post(message: ToPanel): Promise<void> {
    await this.#webview?.webview.postMessage(message);
  }

  #logPainted(runId: string, what: "progress" | "result"): void {
    const start = this.#startedAt.get(runId);
    if (start === undefined) return;
    this.parts.log.debug(`run ${runId}: first ${what} painted ${(performance.now() - start).toFixed(0)} ms after the command`);
    if (what === "result") this.#startedAt.delete(runId);
  }
}
