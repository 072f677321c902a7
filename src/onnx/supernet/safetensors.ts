/** The safetensors format: github.com/huggingface/safetensors, README, "Format". */
import { utf8 } from "../protobuf.js";
import { quoted, SupernetError } from "./errors.js";
import { LONGEST_NAME, MOST_DIMENSIONS, MOST_TENSORS, NUMBER_SIZE, type StoredTensor, type TensorFile } from "./file.js";
import { parseJson, type Json } from "./json.js";
import { textOf } from "./text.js";

/** Bytes before the header: its length, little-endian. */
const LENGTH_BYTES = 8;
/** A header of the largest space takes less than one MB. */
const LONGEST_HEADER = 16 << 20;
const HEADER = "safetensors header";

const isObject = (value: Json | undefined): value is ReadonlyMap<string, Json> => value instanceof Map;
const isCount = (value: Json): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** Whether the bytes look like this format: a brace after the eight bytes of a length. */
export const looksLikeSafetensors = (bytes: Uint8Array): boolean => bytes[LENGTH_BYTES] === "{".charCodeAt(0);

/**
 * @throws SupernetError for a file that breaks the format: a header that is no JSON or too long, names twice, offsets
 * outside the file, overlaps, gaps
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const start = headerEnd(bytes);
  const header = parseJson(textOf(bytes.subarray(LENGTH_BYTES, start), HEADER), HEADER);
  if (!isObject(header)) throw new SupernetError(`${HEADER}: found no object.`);
  if (header.size > MOST_TENSORS) throw new SupernetError(`${HEADER}: found ${header.size} tensors, expected at most ${MOST_TENSORS}.`);
  const data = bytes.subarray(start);
  const tensors = new Map<string, StoredTensor>();
  const places: Place[] = [];
  for (const [name, entry] of header) {
    if (name === "__metadata__") continue;
    const place = placeOf(name, entry, data.length);
    places.push(place);
    tensors.set(name, { type: place.type, shape: place.shape, bytes: data.subarray(place.from, place.to) });
  }
  requireNoGap(places, data.length);
  return { format: "safetensors", metadata: metadataOf(header.get("__metadata__")), tensors };
}

function headerEnd(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES) throw new SupernetError(`${HEADER}: found ${bytes.length} bytes in the file, expected at least ${LENGTH_BYTES}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  const most = Math.min(LONGEST_HEADER, bytes.length - LENGTH_BYTES);
  if (length > most) throw new SupernetError(`${HEADER}: found a length of ${length} bytes, expected at most ${most}. Is the file complete?`);
  return LENGTH_BYTES + length;
}

interface Place {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

function placeOf(name: string, entry: Json, length: number): Place {
  const wrong = (found: string, hint = "") => new SupernetError(`${HEADER}, tensor ${quoted(name)}: ${found}.${hint}`);
  if (name.length > LONGEST_NAME) throw wrong(`found a name of ${name.length} characters, expected at most ${LONGEST_NAME}`);
  if (!isObject(entry)) throw wrong("found no object");
  const type = entry.get("dtype");
  if (typeof type !== "string") throw wrong("found no dtype");
  const shape = entry.get("shape");
  if (!Array.isArray(shape) || shape.length > MOST_DIMENSIONS || !shape.every(isCount)) throw wrong("found no shape, expected a list of whole numbers");
  const offsets = entry.get("data_offsets");
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) throw wrong("found no data_offsets, expected two whole numbers");
  const [from, to] = offsets as [number, number];
  if (from > to || to > length) throw wrong(`found the bytes ${from} to ${to}, expected them inside the ${length} bytes of data`, " Is the file complete?");
  const size = NUMBER_SIZE.get(type);
  const expected = size === undefined ? to - from : shape.reduce((product: number, side: number) => product * side, size);
  if (expected !== to - from) throw wrong(`found ${to - from} bytes, expected ${expected} for the shape [${shape.join(", ")}] of ${type}`);
  return { name, type, shape, from, to };
}

/** The format wants every byte of the data to belong to one tensor: what hides between tensors is nobody's. */
function requireNoGap(places: Place[], length: number): void {
  let end = 0;
  for (const { name, from, to } of places.sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw new SupernetError(`${HEADER}, tensor ${quoted(name)}: found it at byte ${from}, expected ${end}: tensors ${from < end ? "overlap" : "leave a gap"}.`);
    end = to;
  }
  if (end !== length) throw new SupernetError(`${HEADER}: found ${length} bytes of data, expected ${end}.`);
}

function metadataOf(entry: Json | undefined): Map<string, string> {
  const made = new Map<string, string>();
  if (entry === undefined) return made;
  if (!isObject(entry)) throw new SupernetError(`${HEADER}, __metadata__: found no object.`);
  for (const [key, value] of entry) {
    if (typeof value !== "string") throw new SupernetError(`${HEADER}, __metadata__, ${quoted(key)}: found no text.`);
    made.set(key, value);
  }
  return made;
}

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * The bytes of a file with float32 tensors, in the order given; data begins at a multiple of eight bytes.
 * @throws SupernetError for a tensor whose shape does not fit its numbers
 */
export function writeSafetensors(tensors: ReadonlyMap<string, NamedTensor>, metadata: Readonly<Record<string, string>>): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const [name, { shape, data }] of tensors) {
    const size = shape.reduce((product, side) => product * side, 1);
    if (size !== data.length) throw new SupernetError(`${name}: found ${data.length} numbers, expected ${size} for the shape [${shape.join(", ")}].`);
    header[name] = { dtype: "F32", shape, data_offsets: [length, length + data.byteLength] };
    length += data.byteLength;
  }
  const text = utf8(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + padded + length);
  new DataView(bytes.buffer).setUint32(0, padded, true);
  bytes.fill(" ".charCodeAt(0), LENGTH_BYTES + text.length, LENGTH_BYTES + padded);
  bytes.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + padded;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
