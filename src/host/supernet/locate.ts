import * as vscode from "vscode";
import type { EvaluatedWith } from "../../shared/predictor.js";
import type { Source } from "../../shared/source.js";
import type { DataCard, Reference } from "../../shared/supernet.js";
import type { App } from "../app.js";
import { BACK, type Back } from "../ask/steps.js";
import { pickData, pickSupernet } from "./choices.js";
import { inspectWanted } from "./inspect.js";
import { placesOf } from "./places.js";

/** What a predictor was fitted to, found again. */
export interface Located {
  supernet: Reference;
  data: Reference;
  card: DataCard;
}

/**
 * Finds a predictor's supernet and data by where they were last, and asks for what is not there or has changed.
 * @returns undefined when the person gave up
 */
export async function locate(app: App, title: string, space: Source, wanted: Pick<EvaluatedWith, "supernet" | "data">): Promise<Located | undefined> {
  const supernet = await find(app, "supernet", space, wanted.supernet, () =>
    pickSupernet({ title, remembered: undefined, placeholder: vscode.l10n.t("Where is the supernet {0}? The run needs this very one.", wanted.supernet.name) }),
  );
  if (supernet === undefined) return undefined;
  const data = await find(app, "data", space, wanted.data, () =>
    pickData(supernet.path, { title, remembered: undefined, placeholder: vscode.l10n.t("Where is the data {0}? The run needs this very one.", wanted.data.name) }),
  );
  return data === undefined ? undefined : { supernet: { ...wanted.supernet, path: supernet.path }, data: { ...wanted.data, path: data.path }, card: data.card };
}

async function find<K extends "supernet" | "data">(app: App, kind: K, space: Source, wanted: Omit<Reference, "path">, ask: () => Promise<string | Back | undefined>) {
  const at = (path: string) => inspectWanted(app, kind, space, path, wanted);
  for (const path of await placesOf(app.context, app.runs, wanted.digest)) {
    try {
      const card = await at(path);
      return card === undefined ? undefined : { path, card };
    } catch (error) {
      // Moved or changed: the person knows where it is now.
      app.log.warn(error instanceof Error ? error.message : String(error));
    }
  }
  for (;;) {
    const path = await ask();
    if (path === undefined || path === BACK) return undefined;
    try {
      const card = await at(path);
      return card === undefined ? undefined : { path, card };
    } catch (error) {
      void app.report(error);
    }
  }
}
