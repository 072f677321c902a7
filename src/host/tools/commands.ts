import type { CommandTable } from "../commandTable.js";

/** Commands of first minutes and help. */
export const TOOL_COMMANDS: CommandTable = {};
