import type { CommandTable } from "../commandTable.js";

/** Commands that compare two architectures. */
export const COMPARE_COMMANDS: CommandTable = {};
