import type { Overview } from "../src/shared/explanation.js";
import { freshUi } from "./ui.js";
import type { CountedTies, PanelUi, RunView, ToPanel } from "./types.js";

/** Everything the panel draws: `run` is the host's, `ui` the panel's own; not `ready` before the first run message. */
export interface Model {
  ready: boolean;
  run: RunView | null;
  ui: PanelUi;
  /** Of `run`. */
  nearTies: CountedTies;
  /** Of `run`: undefined before it came, null where it could not be computed. */
  overview: Overview | null | undefined;
}

/** The model after a message; a late progress of another or a finished run changes nothing. */
export function receive(model: Model, message: ToPanel): Model {
  if (message.type === "run") {
    const runId = message.run?.id ?? null;
    const ui = runId !== null && runId !== model.ui.runId ? freshUi(runId) : model.ui;
    const same = runId !== null && runId === model.run?.id;
    return { ready: true, run: message.run, ui, nearTies: same ? model.nearTies : new Map(), overview: same ? model.overview : undefined };
  }
  const { run } = model;
  if (run === null || run.id !== message.runId) return model;
  if (message.type === "nearTies") {
    return { ...model, nearTies: new Map(model.nearTies).set(message.point, message.nearTies) };
  }
  if (message.type === "overview") return { ...model, overview: message.overview };
  if (run.state !== "running") return model;
  const { restarts } = message;
  if (message.kind === "search") return run.kind === "search" ? { ...model, run: { ...run, progress: message.progress, restarts } } : model;
  if (run.kind === "search" || run.kind !== message.kind) return model;
  return { ...model, run: { ...run, progress: message.progress, restarts } };
}
