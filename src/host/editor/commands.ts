import type { CommandTable } from "../commandTable.js";
import { choosePredictors } from "./choosePredictors.js";
import { measureConfig } from "./measureConfig.js";
import { optimiseConfig } from "./optimiseConfig.js";

/** Commands of an architecture config in the editor: of the document that a lens, a menu or the active editor means. */
export const EDITOR_COMMANDS: CommandTable = {
  "foxnas.editor.choosePredictors": (app, uri?: unknown) => choosePredictors(app, app.editor.analyses, uri),
  "foxnas.editor.explain": ({ editor }, uri?: unknown) => editor.explanations.explain(uri),
  "foxnas.editor.measure": (app, uri?: unknown) => measureConfig(app, app.editor.analyses, uri),
  "foxnas.editor.optimise": (app, uri?: unknown) => optimiseConfig(app, app.editor.analyses, uri),
};
