import * as v from "valibot";
import { BenchRequestSchema } from "./bench.js";
import { fieldName, type ParsedDocument, type Path } from "./files/document.js";
import { inputErrorAt } from "./files/locate.js";
import { parseJson } from "./files/json.js";
import { validate } from "./files/validate.js";
import { t } from "./l10n.js";
import { ResultSchemas, SearchRequestSchema, type SearchRequest } from "./messages.js";
import { ProfileRequestSchema, type ProfileRequest } from "./profile.js";
import type { BenchRequest } from "./bench.js";
import type { RunKind, RunRequest } from "./runs.js";
import { canonicalText } from "./sameResult.js";
import type { Source } from "./source.js";
import { EvaluateRequestSchema, FinalistsRequestSchema, type EvaluateRequest, type FinalistsRequest, type Reference } from "./supernet.js";
import { TuneRequestSchema, type TuneRequest } from "./tune.js";

/** Ending of the name of a run's file. */
export const RUN_FILE_ENDING = ".foxnas-run.json";

/** SHA-256 of a text's UTF-8 bytes, in hex: this room has no way to compute it. */
export type Sha256 = (text: string) => string;

const DigestSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, () => t("64 hexadecimal digits in lower case")));

/** A supernet or data folder as a run's file names it: it is too large to be in it, and its path is of another machine. */
const NamedSchema = v.strictObject({ name: v.string(), digest: v.string() });
type Named = v.InferOutput<typeof NamedSchema>;
type Stored<R> = Omit<R, "supernet" | "data"> & { supernet: Named; data: Named };

/** A run's request without the paths of this machine. */
export type StoredRequest = SearchRequest | ProfileRequest | BenchRequest | TuneRequest | Stored<EvaluateRequest> | Stored<FinalistsRequest>;

type AnySchema = v.GenericSchema<unknown, unknown>;

// Strict: a field that this version does not know may mean another run.
const REQUESTS: Readonly<Record<RunKind, AnySchema>> = {
  search: v.strictObject(SearchRequestSchema.entries),
  profile: v.strictObject(ProfileRequestSchema.entries),
  bench: v.strictObject(BenchRequestSchema.entries),
  tune: v.strictObject(TuneRequestSchema.entries),
  evaluate: v.strictObject({ ...EvaluateRequestSchema.entries, supernet: NamedSchema, data: NamedSchema }),
  finalists: v.strictObject({ ...FinalistsRequestSchema.entries, supernet: NamedSchema, data: NamedSchema }),
};

/** What a run was made with; null where nobody wrote it down. */
export const VersionsSchema = v.strictObject({
  foxnas: v.nullable(v.string()),
  node: v.nullable(v.string()),
  onnxruntime: v.nullable(v.string()),
  /** e.g. `linux x64`. */
  platform: v.nullable(v.string()),
});
export type Versions = v.InferOutput<typeof VersionsSchema>;

/** A file that the run read. `included`: its contents are in the request. */
const InputSchema = v.strictObject({ field: v.string(), name: v.string(), sha256: v.string(), included: v.boolean() });
export type RunInput = v.InferOutput<typeof InputSchema>;

const KindSchema = v.picklist(["search", "profile", "bench", "tune", "evaluate", "finalists"]);

/** The file's fields in their order; request and result are of its kind. */
const ENTRIES = {
  $schema: v.optional(v.string()),
  version: v.literal(1),
  kind: KindSchema,
  title: v.pipe(v.string(), v.maxLength(1000)),
  /** ISO 8601 */
  startedAt: v.pipe(v.string(), v.maxLength(100)),
  /** The request's. */
  seed: v.number(),
  versions: VersionsSchema,
  /** For people: what the file does not hold, and whether a replay can be equal. */
  note: v.string(),
  inputs: v.array(InputSchema),
  /** Of the request, its keys sorted. */
  requestSha256: DigestSchema,
  request: v.unknown(),
  /** Of the result, its keys sorted, without elapsed times: equal digests, equal results. */
  resultSha256: DigestSchema,
  result: v.unknown(),
};
export const RunFileSchema = v.strictObject(ENTRIES);

/** A finished run in one file that replays it elsewhere. */
export interface RunFile {
  kind: RunKind;
  title: string;
  startedAt: string;
  versions: Versions;
  inputs: RunInput[];
  request: StoredRequest;
  resultSha256: string;
  /** Of the kind, as the file has it: a field that this version does not know is kept. */
  result: unknown;
}

/** What a run's file is made of. */
export type Exported = Pick<RunFile, "title" | "startedAt" | "versions" | "result"> & { request: RunRequest };

/** The text of a run's file. */
export function runFileText({ request: whole, result, ...facts }: Exported, sha256: Sha256): string {
  // In the schema's order, which is the order that a reader finds the inputs in.
  const request = v.parse(REQUESTS[whole.kind], withoutPaths(whole)) as StoredRequest;
  const content: Omit<v.InferOutput<typeof RunFileSchema>, "$schema"> = {
    version: 1,
    kind: request.kind,
    title: facts.title,
    startedAt: facts.startedAt,
    seed: request.seed,
    versions: facts.versions,
    note: noteOn(request),
    inputs: inputsOf(request, sha256),
    requestSha256: sha256(canonicalText(request)),
    request,
    resultSha256: sha256(canonicalText(result)),
    result,
  };
  return `${linesOf(content, 3, "")}\n`;
}

/**
 * Reads a run's file and checks every digest in it.
 * @throws InputError naming file, line, column and field; for contents that are not those of the run, both digests
 */
export function readRunFile(source: Source, sha256: Sha256): RunFile {
  const document = parseJson(source);
  const { kind } = validate(v.object({ version: ENTRIES.version, kind: KindSchema }), document, source);
  const raw = validate(RunFileSchema, document, source);
  const { request } = validate(v.object({ request: REQUESTS[kind] }), document, source) as { request: StoredRequest };
  validate(v.object({ result: ResultSchemas[kind] as AnySchema }), document, source);
  if (request.seed !== raw.seed) throw mismatch(source, ["seed"], t("this is not the seed of the request"), String(raw.seed), String(request.seed));
  requireInputs(source, raw.inputs, inputsOf(request, sha256));
  requireDigest(source, "requestSha256", t("the request is not the one that was written"), raw.requestSha256, sha256(canonicalText(raw.request)));
  requireDigest(source, "resultSha256", t("the result is not the one that was written"), raw.resultSha256, sha256(canonicalText(raw.result)));
  const { title, startedAt, versions, inputs, resultSha256 } = raw;
  return { kind, title, startedAt, versions, inputs, request, resultSha256, result: resultIn(document) };
}

/** Whether a request needs a supernet and data, which its file only names. */
export function needsPlaces(request: StoredRequest): request is Stored<EvaluateRequest> | Stored<FinalistsRequest> {
  return "supernet" in request;
}

/** The request with where its supernet and its data lie on this machine. */
export function withPlaces(request: StoredRequest, places: { supernet: string; data: string } | null): RunRequest {
  if (!needsPlaces(request)) return request;
  if (places === null) throw new Error("a request with a supernet needs its place");
  return { ...request, supernet: { ...request.supernet, path: places.supernet }, data: { ...request.data, path: places.data } };
}

function withoutPaths(request: RunRequest): StoredRequest {
  if (request.kind !== "evaluate" && request.kind !== "finalists") return request;
  const named = ({ name, digest }: Reference): Named => ({ name, digest });
  return { ...request, supernet: named(request.supernet), data: named(request.data) };
}

function noteOn(request: StoredRequest): string {
  const { kind } = request;
  if (kind === "evaluate" || kind === "finalists") {
    return "The supernet and the data are not in this file, which names them by their SHA-256 digests: a replay asks where they are. It gives the same accuracies on the same versions.";
  }
  if (kind === "search") return "Everything the run read is in this file. A replay gives the same result but for elapsed times.";
  return "Everything the run read is in this file. It measured times: a replay measures anew, and its numbers are never quite the same.";
}

/** Every file that a request holds or names, in the request's order. */
function inputsOf(request: StoredRequest, sha256: Sha256): RunInput[] {
  const found: RunInput[] = [];
  const visit = (path: Path, value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { name, text, digest } = value as Record<string, unknown>;
    const field = fieldName(path) ?? "";
    if (typeof name === "string" && typeof text === "string") found.push({ field, name, sha256: sha256(text), included: true });
    else if (typeof name === "string" && typeof digest === "string") found.push({ field, name, sha256: digest, included: false });
    else for (const [key, member] of Object.entries(value)) visit([...path, Array.isArray(value) ? Number(key) : key], member);
  };
  visit([], request);
  return found;
}

function requireInputs(source: Source, written: readonly RunInput[], inputs: readonly RunInput[]): void {
  for (const [i, { field, name, sha256, included }] of inputs.entries()) {
    const was = written.find((one) => one.field === field);
    if (was === undefined) throw mismatch(source, ["inputs"], t("the list lacks an input of the request"), undefined, JSON.stringify(field));
    const path = ["inputs", written.indexOf(was)];
    if (was.sha256 !== sha256) throw mismatch(source, [...path, "sha256"], t("the contents of {0} are not those that the run read", JSON.stringify(field)), `SHA-256 ${sha256}`, was.sha256);
    if (was.name !== name) throw mismatch(source, [...path, "name"], t("this is not the name in the request"), JSON.stringify(was.name), JSON.stringify(name));
    if (was.included !== included) throw mismatch(source, [...path, "included"], t("this is not what the request says"), String(was.included), String(included));
    if (written[i] !== was) throw mismatch(source, path, t("the inputs are not in the order of the request"), JSON.stringify(was.field), t("the place {0}", i));
  }
  if (written.length > inputs.length) throw mismatch(source, ["inputs", inputs.length], t("the request has no such input"), JSON.stringify(written[inputs.length]!.field), undefined);
}

/** @param expected as the file says, @param found of what is in it */
function requireDigest(source: Source, field: "requestSha256" | "resultSha256", what: string, expected: string, found: string): void {
  if (found !== expected) throw mismatch(source, [field], what, `SHA-256 ${found}`, expected);
}

function mismatch(source: Source, path: Path, what: string, found: string | undefined, expected: string | undefined): Error {
  return inputErrorAt(source, path, { what, found, expected, next: t("The file was changed after it was written. Export the run again.") });
}

function resultIn({ value }: ParsedDocument): unknown {
  return (value as { result: unknown }).result;
}

/** JSON with so many levels a line each, and deeper ones on one line: a front of a thousand points stays readable. */
function linesOf(value: unknown, levels: number, indent: string): string {
  if (levels === 0 || typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${inner}${list ? "" : `${JSON.stringify(key)}: `}${linesOf(member, levels - 1, inner)}`);
  if (members.length === 0) return list ? "[]" : "{}";
  return `${list ? "[" : "{"}\n${members.join(",\n")}\n${indent}${list ? "]" : "}"}`;
}

/** A text as a part of a file's name: letters, digits, dots and dashes, at most 60. */
export function fileNameOf(text: string): string {
  const name = text.replaceAll(/[^\p{L}\p{N}.]+/gu, "-").slice(0, 60).replaceAll(/^[-.]+|[-.]+$/g, "");
  return name === "" ? "run" : name;
}
