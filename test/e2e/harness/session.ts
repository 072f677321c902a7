import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, onTestFailed } from "vitest";
import { VsCodeServer, type ServerOptions } from "./server.js";
import { Workbench } from "./workbench.js";

export interface Session {
  server: VsCodeServer;
  workbench: Workbench;
}

/**
 * One VS Code with the packaged extension for the tests of a file, and one window on it. Adds a last test: nothing
 * left the machine, no policy was broken, the panel reported no defect.
 */
export function session(options: Omit<ServerOptions, "vsix">, size?: { width: number; height: number }, language?: string): Session {
  const current: Partial<Session> = {};
  beforeAll(async () => {
    const vsix = process.env["FOXNAS_VSIX"];
    if (vsix === undefined) throw new Error("FOXNAS_VSIX names no package. Start the end-to-end tests with `npm run e2e`.");
    current.server = await VsCodeServer.start({ ...options, vsix });
    current.workbench = await Workbench.open(current.server, size, language);
  });
  beforeEach(({ task }) => {
    // What a person would look at first.
    onTestFailed(async () => {
      await current.workbench?.screenshot(`failed-${task.name.slice(0, 60).replaceAll(/\W+/g, "-")}`);
    });
  });
  afterAll(async () => {
    await current.workbench?.close();
    await current.server?.stop();
  });
  return {
    get server() {
      if (current.server === undefined) throw new Error("VS Code is not started yet");
      return current.server;
    },
    get workbench() {
      if (current.workbench === undefined) throw new Error("the window is not open yet");
      return current.workbench;
    },
  };
}

/** Registers the test that ends every file: call it last. */
export function endsCleanly(at: Session): void {
  it("no request left the machine, no content security policy was violated, the panel reported no defect", () => {
    expect(at.workbench.findings.requests).toBeGreaterThan(0);
    expect(at.workbench.findings.outside).toEqual([]);
    expect(at.workbench.findings.csp).toEqual([]);
    expect(at.server.outsideConnections()).toEqual([]);
    expect(logLines(at.server).filter((line) => line.includes("panel:"))).toEqual([]);
  });
}

/** Lines of the extension's log so far; none where VS Code's log writer could not be compiled. */
export function logLines(server: VsCodeServer): string[] {
  const logs = path.join(server.home, "user-data/logs");
  if (!existsSync(logs)) return [];
  return readdirSync(logs, { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === "FOX-NAS.log")
    .flatMap((name) => readFileSync(path.join(logs, name), "utf8").split("\n"))
    .filter(Boolean);
}
