import { cpus } from "node:os";
import * as vscode from "vscode";
import { isKind } from "../../runs/runStore.js";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { Space } from "../../shared/space.js";
import type { App } from "../app.js";
import type { Entry } from "../library.js";
import { predictorsFor, type ChosenKeys, type Pair } from "./predictorChoice.js";

/** As much of a config as predictors are chosen by. */
export interface About {
  space: string;
  /** px; undefined where it cannot be read. */
  resolution: number | undefined;
  predicted: ArchitectureConfig["predicted"];
}

interface Known {
  spaces: readonly Entry<Space>[];
  spacesById: ReadonlyMap<string, Space>;
  predictors: readonly Entry<PredictorFile>[];
}

const CHOSEN = "foxnas.editor.predictors";
/** Several files often change at once, when a branch is checked out. */
const SETTLE_MS = 100;
const NOTHING: Known = { spaces: [], spacesById: new Map(), predictors: [] };

/**
 * What is known beside the text of a config: spaces, predictors and which of them a person chose. Kept in memory, so that
 * a keystroke asks nobody; read again when files, runs or the trust in the workspace change. Starts no worker.
 */
export class EditorSurroundings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  readonly #machine = { cpu: cpus()[0]?.model.trim() ?? "unknown", platform: `${process.platform}-${process.arch}` };
  #known: Known | undefined;
  #ready: Promise<void> | undefined;
  #settling: NodeJS.Timeout | undefined;
  #makers = "";
  #revision = 0;

  /** Something else is known now, or another budget is set. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly app: Pick<App, "context" | "library" | "runs" | "log">) {}

  /** Counts what changed. */
  get revision(): number {
    return this.#revision;
  }

  get isReady(): boolean {
    return this.#known !== undefined;
  }

  /** Reads everything the first time, and follows the changes from then on. */
  ready(): Promise<void> {
    this.#ready ??= this.#begin();
    return this.#ready;
  }

  get spaces(): ReadonlyMap<string, Space> {
    return (this.#known ?? NOTHING).spacesById;
  }

  /** The file that a space was read from. */
  spaceEntry(id: string): Entry<Space> | undefined {
    return (this.#known ?? NOTHING).spaces.find(({ content }) => content.id === id);
  }

  /** The predictors a config is judged by. */
  predictors({ space, resolution, predicted }: About): Pair {
    const chosen = this.#choices()[choiceKey(space, resolution)] ?? {};
    return predictorsFor((this.#known ?? NOTHING).predictors, { space, resolution, predicted, chosen, machine: this.#machine });
  }

  /** Remembers a person's choice for all configs of a space and resolution in this workspace. */
  async choose({ space, resolution }: Pick<About, "space" | "resolution">, { accuracy, latency }: Pair): Promise<void> {
    const keys: ChosenKeys = { ...(accuracy === null ? {} : { accuracy: accuracy.key }), ...(latency === null ? {} : { latency: latency.key }) };
    // One that was browsed for is not in the library.
    const { predictors, ...known } = this.#known ?? NOTHING;
    const more = [accuracy, latency].filter((one) => one !== null && !predictors.some(({ key }) => key === one.key)) as Entry<PredictorFile>[];
    this.#known = { ...known, predictors: [...predictors, ...more] };
    await this.app.context.workspaceState.update(CHOSEN, { ...this.#choices(), [choiceKey(space, resolution)]: keys });
    this.#fire();
  }

  /** The budget that holds where a config names none, ms; null: none. */
  budget(uri: vscode.Uri): number | null {
    const value = vscode.workspace.getConfiguration("foxnas", uri).get<unknown>("budget", null);
    return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : null;
  }

  dispose(): void {
    clearTimeout(this.#settling);
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #choices(): Record<string, ChosenKeys | undefined> {
    return this.app.context.workspaceState.get<Record<string, ChosenKeys>>(CHOSEN) ?? {};
  }

  async #begin(): Promise<void> {
    const files = vscode.workspace.createFileSystemWatcher("**/*.{space,predictor}.json");
    const settle = () => {
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => void this.#read(), SETTLE_MS);
    };
    this.#subscriptions.push(
      files,
      files.onDidCreate(settle),
      files.onDidChange(settle),
      files.onDidDelete(settle),
      vscode.workspace.onDidGrantWorkspaceTrust(settle),
      vscode.workspace.onDidChangeWorkspaceFolders(settle),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("foxnas.budget")) this.#fire();
      }),
      this.app.runs.onDidChange(() => void this.#makersChanged().then((changed) => (changed ? settle() : undefined))),
    );
    await this.#makersChanged();
    await this.#read();
  }

  async #read(): Promise<void> {
    try {
      const [spaces, predictors] = await Promise.all([this.app.library.spaces(), this.app.library.predictors()]);
      // A space of the workspace stands before a built-in one of its name, as a file in front of the person does.
      const own = [...spaces.entries].sort((a, b) => Number(a.builtIn) - Number(b.builtIn));
      const spacesById = new Map([...own].reverse().map(({ content }) => [content.id, content]));
      this.#known = { spaces: own, spacesById, predictors: await this.#withBrowsed(predictors.entries) };
    } catch (error) {
      this.app.log.error(`editor: spaces and predictors could not be read: ${error instanceof Error ? error.message : String(error)}`);
      this.#known ??= NOTHING;
    }
    this.#fire();
  }

  /** Chosen predictors that lie outside the library's reach. */
  async #withBrowsed(listed: readonly Entry<PredictorFile>[]): Promise<readonly Entry<PredictorFile>[]> {
    if (!vscode.workspace.isTrusted) return listed;
    const chosen = new Set(Object.values(this.#choices()).flatMap((keys) => [keys?.accuracy, keys?.latency]));
    const files = [...chosen].filter((key) => key !== undefined && /^[a-z][\w+.-]*:\/\//i.test(key) && !listed.some((one) => one.key === key)) as string[];
    const read = await Promise.all(files.map((key) => this.app.library.predictor(vscode.Uri.parse(key)).catch(() => undefined)));
    return [...listed, ...read.filter((one) => one !== undefined)];
  }

  /** Whether other runs than before offer predictors. */
  async #makersChanged(): Promise<boolean> {
    const runs = await this.app.runs.list();
    const makers = runs.flatMap(({ record }) => (record.state === "done" && (isKind(record, "profile") || isKind(record, "evaluate")) ? [record.id] : [])).join(" ");
    const changed = makers !== this.#makers;
    this.#makers = makers;
    return changed;
  }

  #fire(): void {
    this.#revision++;
    this.#changed.fire();
  }
}

function choiceKey(space: string, resolution: number | undefined): string {
  return `${space} ${resolution ?? "?"}`;
}
