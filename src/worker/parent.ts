import type { FromWorker } from "../shared/messages.js";

const CHECK_INTERVAL_MS = 500;

/** Whether this process was forked with a channel to its parent. */
export function hasParent(): boolean {
  return process.send !== undefined && process.connected;
}

/** Sends a message; resolves when it has been handed to the operating system (or there is nobody left to read it). */
export function sendToParent(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}

/** Ends this process at once when its parent has gone: nobody would read the result, and the journal has the state. */
export function dieWithParent(): void {
  process.once("disconnect", () => process.exit(0));
  // Belt and braces: a channel can stay open when another process inherited the parent's end of it.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, CHECK_INTERVAL_MS).unref();
  // Ctrl+C in a terminal reaches the whole group of processes; what becomes of the run is for the parent to say.
  process.on("SIGINT", () => undefined);
}
