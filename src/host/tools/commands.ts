import type { CommandTable } from "../commandTable.js";
import { openDocs } from "./docs.js";
import { openWalkthrough } from "./walkthrough.js";

/** Commands of first minutes and help. */
export const TOOL_COMMANDS: CommandTable = {
  "foxnas.openWalkthrough": ({ context }) => openWalkthrough(context),
  "foxnas.openDocs": (app, page?: unknown, anchor?: unknown) => openDocs(app, page, anchor),
};
