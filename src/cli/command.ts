import type { AnyProgress } from "../shared/messages.js";

/** Exit codes, as CONTRACT.md names them, and `different`: a replay that came out otherwise. */
export const EXIT = { done: 0, failure: 1, badInput: 2, infeasible: 3, different: 4, interrupted: 130 } as const;

/** The person used the command line wrongly: exit code 2, one line, and where to read more. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The person pressed Ctrl-C: exit code 130. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("interrupted");
  }
}

/** One option of a command; a flag where `value` is missing. */
export interface OptionSpec {
  /** How the help names the value: `FILE`, `MS`. */
  value?: string;
  help: string;
  required?: boolean;
  /** May be given several times. @see Options.all */
  multiple?: boolean;
}

/** What a command has at hand besides its options. */
export interface Context {
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  progress: { show(progress: AnyProgress): void; note(line: string): void; clear(): void };
}

/** What a command answers; main prints it. */
export interface Answer {
  exitCode: typeof EXIT.done | typeof EXIT.infeasible | typeof EXIT.different;
  /** The document of `--json`. */
  json: unknown;
  /** For people, on stdout. */
  text: string;
  /** For people, on stderr, in both modes. */
  message?: string;
}

export interface Command {
  name: string;
  /** One line. */
  summary: string;
  options: Readonly<Record<string, OptionSpec>>;
  run(options: Options, context: Context): Promise<Answer>;
}

/** Values of a command's options, as text. @see parseOptions */
export class Options {
  /** @param lists every value of the options that may be given several times */
  constructor(
    private readonly values: ReadonlyMap<string, string>,
    private readonly lists: ReadonlyMap<string, readonly string[]> = new Map(),
  ) {}

  /** Undefined where the person did not give it. */
  get(name: string): string | undefined {
    return this.values.get(name);
  }

  /** Every value of an option that may be given several times, in their order; empty where it was not given. */
  all(name: string): readonly string[] {
    return this.lists.get(name) ?? [];
  }

  /** @throws UsageError */
  need(name: string): string {
    const value = this.values.get(name);
    if (value === undefined) throw new UsageError(`--${name} is missing`);
    return value;
  }

  /** A decimal number. @throws UsageError */
  number(name: string, { min = -Infinity, max = Infinity, integer = false } = {}): number {
    const text = this.need(name).trim();
    const value = Number(text);
    const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(value);
    if (!decimal || value < min || value > max || (integer && !Number.isSafeInteger(value))) {
      const range = min > -Infinity && max < Infinity ? ` from ${min} to ${max}` : min > -Infinity ? ` of at least ${min}` : "";
      throw new UsageError(`--${name}: found ${JSON.stringify(text)}, expected a ${integer ? "whole " : ""}number${range}`);
    }
    return value;
  }

  /** The same, or `otherwise` where the person did not give it. @throws UsageError */
  numberOr(name: string, otherwise: number, range: { min?: number; max?: number; integer?: boolean } = {}): number {
    return this.values.has(name) ? this.number(name, range) : otherwise;
  }

  /** @throws UsageError when the value is none of `choices` */
  choice<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.need(name);
    const choice = choices.find((c) => c === value);
    if (choice === undefined) throw new UsageError(`--${name}: found ${JSON.stringify(value)}, expected ${choices.join(" or ")}`);
    return choice;
  }
}
