import { t } from "./l10n.js";

/** Where and how an input is wrong; every part that is known is named. */
export interface Problem {
  /** One sentence: what is wrong. */
  what: string;
  /** File name as the person gave it. */
  file?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  /** Field or CSV column, e.g. `stages[2].blocks[0].expand`. */
  field?: string;
  found?: string;
  expected?: string;
  /** What the person can do next. */
  next?: string;
}

/** Bad input: the person can mend it. Everything else is an internal failure. */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(readonly problem: Problem) {
    super(describeProblem(problem));
  }
}

/** `file:line:column: field: what (found …, expected …). next` with the unknown parts left out. */
export function describeProblem(problem: Problem): string {
  const { file, line, column, field, what, found, expected, next } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const detail = [
    found === undefined ? undefined : t("found {0}", found),
    expected === undefined ? undefined : t("expected {0}", expected),
  ].filter((part) => part !== undefined);
  const head = [place, field, what].filter((part) => part !== undefined && part !== "").join(": ");
  const tail = detail.length > 0 ? ` (${detail.join(", ")})` : "";
  // What ends with a question is a sentence already.
  const stop = tail === "" && /[.?!]$/.test(head) ? "" : ".";
  return `${head}${tail}${stop}${next === undefined ? "" : ` ${next}`}`;
}
