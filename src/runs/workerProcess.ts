import { fork, type ChildProcess } from "node:child_process";
import * as v from "valibot";
import { textsFile } from "../shared/l10n.js";
import { FromWorkerSchema, type FromWorker, type ToWorker } from "../shared/messages.js";
import { describeIssues } from "./describeIssues.js";
import { eachLine } from "./logTail.js";

export interface WorkerEvents {
  onMessage(message: FromWorker): void;
  /** A message that is none of FromWorkerSchema; `why` names the place in it. */
  onRefused(why: string): void;
  onOutput(stream: "stdout" | "stderr", line: string): void;
  /** The process is gone and every message of it has been delivered. `why` is a phrase such as `signal SIGKILL`. */
  onGone(why: string): void;
}

/** How long the streams of a dead process may stay open (a grandchild may hold them) before it counts as gone. */
const STREAMS_AFTER_EXIT_MS = 1000;

/** One child process that runs dist/worker.js in the language of this process; the parent's end of it. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  #gone = false;

  constructor(workerPath: string, events: WorkerEvents) {
    const texts = textsFile();
    this.#child = fork(workerPath, texts === undefined ? [] : [texts], {
      execArgv: [],
      serialization: "advanced",
      env: workerEnvironment(process.env),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const gone = (why: string) => {
      if (this.#gone) return;
      this.#gone = true;
      events.onGone(why);
    };
    this.#child.on("message", (message) => {
      const parsed = v.safeParse(FromWorkerSchema, message);
      if (parsed.success) events.onMessage(parsed.output);
      else events.onRefused(describeIssues(parsed.issues));
    });
    // `close` and not `exit`: messages may still be in the pipe when the process has ended.
    this.#child.on("close", (code, signal) => gone(describeExit(code, signal)));
    this.#child.on("exit", (code, signal) => {
      setTimeout(() => gone(describeExit(code, signal)), STREAMS_AFTER_EXIT_MS).unref();
    });
    this.#child.on("error", (error) => {
      if (this.#child.pid === undefined) gone(`it could not be started: ${error.message}`);
      else events.onOutput("stderr", error.message);
    });
    if (this.#child.stdout) eachLine(this.#child.stdout, (line) => events.onOutput("stdout", line));
    if (this.#child.stderr) eachLine(this.#child.stderr, (line) => events.onOutput("stderr", line));
  }

  /** Undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** A message to a worker that is just dying is lost; `onGone` tells. */
  send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  kill(): void {
    if (!this.#gone) this.#child.kill("SIGKILL");
  }
}

/** VS Code's variables would make the worker talk to VS Code's own sockets; Electron must start as plain Node. */
function workerEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  const asNode = process.versions["electron"] !== undefined || own["ELECTRON_RUN_AS_NODE"] !== undefined;
  return { ...Object.fromEntries(kept), ...(asNode ? { ELECTRON_RUN_AS_NODE: "1" } : {}) };
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
}
