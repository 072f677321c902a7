import { execFile, spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { root, serverMain } from "./paths.js";
import { freePort } from "./ports.js";

/** Settings that keep VS Code quiet, offline and drivable. */
const quiet = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "window.dialogStyle": "custom",
  "files.simpleDialog.enable": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  // Its question would cover the window; what it asks can be answered in VS Code's own editor for it.
  "security.workspace.trust.startupPrompt": "never",
  // Tests write settings there; it is no part of anybody's project.
  "files.exclude": { "**/.vscode": true },
  "extensions.autoCheckUpdates": false,
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  // A description that opens under the resting pointer covers what is to be clicked.
  "workbench.hover.delay": 60_000,
  "editor.accessibilitySupport": "off",
};

export interface ServerOptions {
  vsix: string;
  /** Where to listen; a free port by default. */
  port?: number;
  /** User settings on top of the quiet ones. */
  settings?: Record<string, unknown>;
  /** Files of the workspace, path to content. */
  files?: Record<string, string>;
  /** False: the folder opens in Restricted Mode. */
  trusted?: boolean;
  /** False: the window opens no folder. */
  folder?: boolean;
  /** Lets the window run tests inside the extension host. */
  testDriver?: boolean;
}

/** One VS Code server with folders of its own; everything it wrote goes when it stops. */
export class VsCodeServer {
  private constructor(
    readonly home: string,
    readonly workspace: string,
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly opensFolder: boolean,
  ) {}

  private readonly changed: Record<string, unknown> = {};

  /**
   * Installs the .vsix as people get it, then starts the server and waits until it answers.
   * @throws when the extension does not install or the server does not answer within 60 s; the message carries its output.
   */
  static async start(options: ServerOptions): Promise<VsCodeServer> {
    if (!existsSync(serverMain)) throw new Error(`${serverMain} is missing. Run \`npm run e2e\`, which installs it.`);
    const home = mkdtempSync(path.join(tmpdir(), "foxnas-e2e-"));
    const workspace = path.join(home, "workspace");
    mkdirSync(workspace);
    for (const [name, content] of Object.entries(options.files ?? {})) {
      mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
      writeFileSync(path.join(workspace, name), content);
    }
    writeSettings(path.join(home, "user-data", "User"), { ...quiet, ...options.settings });
    const env = environment(home);
    await promisify(execFile)(process.execPath, [serverMain, "--install-extension", options.vsix, "--force", ...folders(home)], { env });
    const port = options.port ?? (await freePort());
    const child = spawn(
      process.execPath,
      [
        serverMain,
        ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"],
        ...["--telemetry-level", "off", "--disable-getting-started-override", "--disable-update-check"],
        ...(options.trusted === false ? [] : ["--disable-workspace-trust"]),
        ...(options.testDriver === true ? ["--enable-smoke-test-driver"] : []),
        ...folders(home),
      ],
      // A process group of its own: the extension host and its workers end with it.
      { env, detached: true, stdio: ["ignore", "pipe", "pipe"] },
    );
    const log = createWriteStream(path.join(home, "server.log"));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const server = new VsCodeServer(home, workspace, port, child, options.folder !== false);
    process.once("exit", server.kill);
    await server.answered();
    return server;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error("the server did not start");
    return this.child.pid;
  }

  /**
   * The workbench on this server's workspace, or without a folder.
   * @param payload VS Code's own switches for the window, as pairs of name and value
   */
  url(payload: [string, string][] = []): string {
    const address = `http://127.0.0.1:${this.port}/?${this.opensFolder ? `folder=${encodeURIComponent(this.workspace)}` : "ew=true"}`;
    return payload.length === 0 ? address : `${address}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  }

  /** Folder that the .vsix was unpacked into. */
  get installedExtension(): string {
    const extensions = path.join(this.home, "extensions");
    const name = readdirSync(extensions).find((entry) => entry.startsWith("fox-nas.fox-nas-"));
    if (name === undefined) throw new Error(`The extension is not in ${extensions}.`);
    return path.join(extensions, name);
  }

  /** Connections and look-ups of the server, the extension host or a worker that would have left the machine. */
  outsideConnections(): string[] {
    const file = networkLog(this.home);
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  }

  /** Changes settings of the workspace: they apply live, where the user's are read once. */
  set(settings: Record<string, unknown>): void {
    Object.assign(this.changed, settings);
    writeSettings(path.join(this.workspace, ".vscode"), this.changed);
  }

  async stop(): Promise<void> {
    process.off("exit", this.kill);
    const ended = this.child.exitCode === null ? new Promise((resolve) => this.child.once("exit", resolve)) : null;
    this.kill();
    await ended;
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private readonly kill = (): void => {
    try {
      process.kill(-this.pid, "SIGKILL");
    } catch {
      // The whole group has ended already.
    }
  };

  private async answered(): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      const ok = await fetch(`http://127.0.0.1:${this.port}/version`).then((answer) => answer.ok, () => false);
      if (ok) return;
      if (this.child.exitCode !== null) break;
      await sleep(100);
    }
    const output = readFileSync(path.join(this.home, "server.log"), "utf8");
    await this.stop();
    throw new Error(`VS Code's server did not answer on port ${this.port}:\n${output}`);
  }
}

const networkLog = (home: string): string => path.join(home, "network.jsonl");

const folders = (home: string): string[] => [
  ...["--server-data-dir", path.join(home, "server-data")],
  ...["--user-data-dir", path.join(home, "user-data")],
  ...["--extensions-dir", path.join(home, "extensions")],
];

function writeSettings(folder: string, settings: Record<string, unknown>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}

/** Ours without what another VS Code may have left in it, a home of its own, and the network guard in every Node process. */
function environment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|VITEST|NODE_OPTIONS$|NODE_ENV$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    TMPDIR: home,
    XDG_RUNTIME_DIR: home,
    EXTENSIONS_GALLERY: "{}",
    NODE_OPTIONS: `--require=${path.join(root, "test/e2e/harness/networkGuard.cjs")}`,
    FOXNAS_NETWORK_LOG: networkLog(home),
  };
}
