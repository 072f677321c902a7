import type { CommandTable } from "../commandTable.js";

/** Commands that write code people can train. */
export const CODE_COMMANDS: CommandTable = {};
