import { setTimeout as sleep } from "node:timers/promises";
import type * as vscode from "vscode";
import type { TestApi } from "../../../src/host/testApi.js";
import type { SearchRequest } from "../../../src/shared/messages.js";
import type { RunState } from "../../../src/shared/panel.js";

export interface Room {
  api: TestApi;
  folder: vscode.Uri;
}

export type Tests = Record<string, (room: Room) => Promise<void>>;

/** A search on the built-in predictors for the Raspberry Pi 4. */
export async function searchRequest(api: TestApi, part: Partial<SearchRequest> = {}): Promise<SearchRequest> {
  return { kind: "search", ...(await api.builtIn("foxnas-cpu")), budget: 120, seed: 7, evaluations: null, ...part };
}

/** Waits until something holds; three minutes are a hang, not slowness. */
export async function until<T>(what: string, probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let i = 0; i < 3600; i += 1) {
    const found = await probe();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`It did not happen within three minutes: ${what}`);
}

/** Waits until a run is in one of the states, and answers which. */
export function stateOf({ runs }: TestApi, id: string, ...states: RunState[]): Promise<RunState> {
  return until(`run in state ${states.join(" or ")}`, async () => {
    const state = (await runs.list()).find((run) => run.record.id === id)?.record.state;
    return state !== undefined && states.includes(state) && !runs.liveIds().includes(id) ? state : undefined;
  });
}
