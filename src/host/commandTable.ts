import type { App } from "./app.js";

/** Commands by their id in package.json. */
export type CommandTable = Readonly<Record<string, (app: App, ...args: never[]) => Promise<void> | void>>;
