import type { CommandTable } from "../commandTable.js";

/** Commands of the Runs view beyond opening, resuming and deleting. */
export const RUN_COMMANDS: CommandTable = {};
