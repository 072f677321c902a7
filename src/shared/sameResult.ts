import { fieldName, type Path } from "./files/document.js";
import { t } from "./l10n.js";
import type { RunKind } from "./runs.js";

/** What the clock and the machine's load decide: no two runs share it. */
const CLOCKED: ReadonlySet<string> = new Set(["elapsedMs", "throughput"]);

/** Kinds whose numbers come from a clock: they can be measured again, and are never equal. */
const TIMED: ReadonlySet<RunKind> = new Set(["profile", "bench", "tune"]);

/** Whether a run of this kind, on the same inputs with the same seed, gives the same result. */
export function isReproducible(kind: RunKind): boolean {
  return !TIMED.has(kind);
}

/** A value as JSON with its keys sorted, so that equal values have equal texts; without what the clock decides. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) => {
    if (CLOCKED.has(key)) return undefined;
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The first place where two results differ, `found.accuracy.value`, and what stands there in each. */
export interface Difference {
  field: string;
  was: string;
  is: string;
}

/**
 * Where a result first differs from an earlier one, in the order of the earlier one's fields; null where they are the
 * same but for elapsed times. Both as JSON can hold them.
 */
export function firstDifference(was: unknown, is: unknown): Difference | null {
  return differenceAt([], asJson(was), asJson(is));
}

/** A result that comes from a worker may hold what a file cannot: -0, fields that are undefined. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function differenceAt(path: Path, was: unknown, is: unknown): Difference | null {
  if (Object.is(was, is)) return null;
  const [a, b] = [membersOf(was), membersOf(is)];
  if (a === undefined || b === undefined || Array.isArray(was) !== Array.isArray(is)) {
    return { field: fieldName(path) ?? "result", was: shortText(was), is: shortText(is) };
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (CLOCKED.has(key)) continue;
    const found = differenceAt([...path, Array.isArray(was) ? Number(key) : key], a[key], b[key]);
    if (found !== null) return found;
  }
  return null;
}

function membersOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

/** A value in a message: a number in full, since the last digit may be the difference. */
function shortText(value: unknown): string {
  if (value === undefined) return t("nothing");
  if (Array.isArray(value)) return t("a list of {0}", value.length);
  const text = typeof value === "object" && value !== null ? t("an object") : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
