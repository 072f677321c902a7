import type { CommandTable } from "../commandTable.js";

/** Commands of an architecture config in the editor. */
export const EDITOR_COMMANDS: CommandTable = {};
