import { RunFailure } from "../runs/supervisor.js";
import { InputError } from "../shared/errors.js";
import { commandHelp, parseOptions, programHelp } from "./arguments.js";
import { EXIT, Interrupted, UsageError, type Command } from "./command.js";
import { bench } from "./commands/bench.js";
import { check } from "./commands/check.js";
import { compareConfigs } from "./commands/compare.js";
import { device } from "./commands/device.js";
import { evaluate } from "./commands/evaluate.js";
import { exportConfig } from "./commands/export.js";
import { fit } from "./commands/fit.js";
import { front } from "./commands/front.js";
import { explain } from "./commands/explain.js";
import { predict } from "./commands/predict.js";
import { profile } from "./commands/profile.js";
import { replay } from "./commands/replay.js";
import { search } from "./commands/search.js";
import { programVersion } from "./files.js";
import { progressOn } from "./progressBar.js";

const COMMANDS: readonly Command[] = [search, front, fit, predict, explain, compareConfigs, check, exportConfig, profile, bench, evaluate, replay, device];

/** Runs the program. @returns the exit code, as CONTRACT.md names them */
async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--help" || name === "help") return print(programHelp(COMMANDS));
  if (name === "--version") return print(`${programVersion()}\n`);
  const command = COMMANDS.find((c) => c.name === name);
  try {
    if (command === undefined) {
      throw new UsageError(`${name === undefined ? "a command is missing" : `unknown command ${JSON.stringify(name)}`}; the commands are ${COMMANDS.map((c) => c.name).join(", ")}`);
    }
    const options = parseOptions(command, rest);
    if (options.get("help") !== undefined) return print(commandHelp(command));
    const answer = await command.run(options, { signal, progress: progressOn(process.stderr) });
    if (answer.message !== undefined) process.stderr.write(answer.message);
    print(options.get("json") === undefined ? answer.text : `${JSON.stringify(answer.json, null, 2)}\n`);
    return answer.exitCode;
  } catch (error) {
    return report(error, command, rest.includes("--json"));
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.done;
}

/** Says what went wrong; with --json as one document on stdout as well. */
function report(error: unknown, command: Command | undefined, json: boolean): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`fox-nas: ${message}\n`);
  if (json) print(`${JSON.stringify({ error: { message, ...(error instanceof InputError ? error.problem : {}) } }, null, 2)}\n`);
  if (error instanceof Interrupted) return EXIT.interrupted;
  if (error instanceof InputError) return EXIT.badInput;
  if (error instanceof UsageError) {
    process.stderr.write(`Try: fox-nas ${command === undefined ? "" : `${command.name} `}--help\n`);
    return EXIT.badInput;
  }
  const detail = error instanceof RunFailure ? error.log : error instanceof Error ? error.stack : undefined;
  if (detail) process.stderr.write(`${detail.trimEnd()}\n`);
  process.stderr.write("This is a failure of FOX-NAS, not of your input.\n");
  return EXIT.failure;
}

/** Ctrl-C once cancels, twice ends at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      controller.abort();
    });
  }
  return controller.signal;
}

// A reader that closes the pipe early (`| head`) has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.failure));
void main(process.argv.slice(2), interruptSignal()).then((code) => {
  process.exitCode = code;
});
