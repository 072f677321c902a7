import { parseArgs } from "node:util";
import { Options, UsageError, type Command, type OptionSpec } from "./command.js";

/** Options every command takes. */
export const COMMON: Readonly<Record<string, OptionSpec>> = {
  json: { help: "one JSON document on stdout, nothing else" },
  help: { help: "this text" },
};

/**
 * Parses the arguments behind the command's name.
 * @throws UsageError for an unknown, repeated, missing or empty option
 */
export function parseOptions(command: Command, args: readonly string[]): Options {
  const specs = { ...command.options, ...COMMON };
  const given = parse(specs, args);
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  for (const [name, list] of Object.entries(given)) {
    if (list === undefined) continue;
    const { value: named, multiple = false } = specs[name] ?? {};
    if (list.length > 1 && named !== undefined && !multiple) throw new UsageError(`--${name} is given ${list.length} times`);
    const texts = list.map(String);
    if (texts.some((text) => text.trim() === "")) throw new UsageError(`--${name} is empty`);
    values.set(name, texts[0]!);
    if (multiple) lists.set(name, texts);
  }
  if (!values.has("help")) {
    for (const [name, { required, value }] of Object.entries(specs)) {
      if (required && !values.has(name)) throw new UsageError(`--${name} ${value ?? ""} is missing`.replace(/ {2,}/, " "));
    }
  }
  return new Options(values, lists);
}

function parse(specs: Readonly<Record<string, OptionSpec>>, args: readonly string[]): Record<string, (string | boolean)[] | undefined> {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { value }]) => [name, { type: value === undefined ? ("boolean" as const) : ("string" as const), multiple: true as const }]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Record<string, (string | boolean)[]>;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message.split("\n")[0]!.split(". ")[0]!.replace(/\.$/, ""));
    throw error;
  }
}

/** Help of one command. */
export function commandHelp(command: Command): string {
  const specs = Object.entries({ ...command.options, ...COMMON });
  const left = specs.map(([name, { value }]) => `--${name}${value === undefined ? "" : ` ${value}`}`);
  const width = Math.max(...left.map((text) => text.length));
  const usage = Object.entries(command.options).map(([name, { value, required, multiple }]) => {
    const text = `--${name}${value === undefined ? "" : ` ${value}`}${multiple ? " …" : ""}`;
    return required ? text : `[${text}]`;
  });
  return [
    `fox-nas ${command.name} ${command.summary}.`,
    "",
    `usage: fox-nas ${command.name} ${usage.join(" ")}`.trimEnd(),
    "",
    ...specs.map(([, { help }], i) => `  ${left[i]!.padEnd(width)}  ${help}`),
    "",
  ].join("\n");
}

/** Help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "FOX-NAS: the neural network architecture for your device and latency budget.",
    "",
    "usage: fox-nas COMMAND [options]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "fox-nas COMMAND --help tells the options of a command; --version tells the version.",
    "Exit codes: 0 done, 1 an internal failure, 2 bad usage or bad input, 3 infeasible budget, 4 a replay with another result, 130 interrupted.",
    "",
  ].join("\n");
}
