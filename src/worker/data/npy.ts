import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import type { Bytes } from "./bytes.js";

/** Element types that are read: unsigned, signed, float; with their bytes. */
export type Kind = "u" | "i" | "f";

/** An array of a .npy file (NumPy's NEP 1, versions 1 to 3), C order. */
export interface NpyArray {
  /** For people: the file, and the array in it. */
  readonly name: string;
  readonly kind: Kind;
  /** Bytes of an element. */
  readonly itemSize: number;
  readonly littleEndian: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin in `bytes`. */
  readonly start: number;
  readonly bytes: Bytes;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A header holds type, order and shape; NumPy refuses longer ones, too. */
const LONGEST_HEADER = 10_000;
const DTYPES: Readonly<Record<Kind, readonly number[]>> = { u: [1, 2, 4, 8], i: [1, 2, 4, 8], f: [2, 4, 8] };

/**
 * Reads the header of a .npy file, strictly: nothing in it is evaluated.
 * @throws InputError
 */
export async function readNpy(bytes: Bytes, name: string): Promise<NpyArray> {
  const refuse = refusal(name);
  if (bytes.size < 12) throw refuse(t("no .npy array"), t("{0} bytes", bytes.size));
  const prefix = await bytes.read(0, 12);
  if (MAGIC.some((byte, i) => prefix[i] !== byte)) throw refuse(t("no .npy array"), t("other bytes at its beginning"), "\\x93NUMPY");
  const version = prefix[6]!;
  if (version < 1 || version > 3) throw refuse(t("a .npy format that is not known"), t("version {0}", `${version}.${prefix[7]!}`), t("1.0, 2.0 or 3.0"));
  const view = new DataView(prefix.buffer, prefix.byteOffset);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = version === 1 ? 10 : 12;
  if (length > LONGEST_HEADER || begin + length > bytes.size) throw refuse(t("the header is longer than it can be"), t("{0} bytes", length));
  const header = parseHeader(new TextDecoder("latin1").decode(await bytes.read(begin, length)), refuse);
  const array: NpyArray = { name, ...header, start: begin + length, bytes };
  const elements = header.shape.reduce((product, side) => product * side, 1);
  // Beyond 2^53 the product is inexact, and far larger than any file.
  if (elements * array.itemSize !== bytes.size - array.start) {
    throw refuse(t("its size does not fit its shape"), t("{0} bytes", bytes.size - array.start), t("{0} for {1}", elements * array.itemSize, describeArray(array)));
  }
  return array;
}

type Refusal = (what: string, found?: string, expected?: string, next?: string) => InputError;
const refusal = (file: string): Refusal => (what, found, expected, next) => new InputError({ file, what, found, expected, next });

/** A Python dict of three entries in any order: a type, an order, a shape. */
function parseHeader(text: string, refuse: Refusal) {
  const shown = JSON.stringify(text.trim().slice(0, 120));
  const malformed = () => refuse(t("the header is not one of a plain array"), shown, "{'descr': '|u1', 'fortran_order': False, 'shape': (2000, 32, 32, 3), }");
  const outer = /^\s*\{(.*)\}\s*$/s.exec(text);
  if (outer === null) throw malformed();
  const entry = /\s*(?:'(\w+)'|"(\w+)")\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d,\s]*\))\s*(?:,|$)\s*/y;
  const fields = new Map<string, string>();
  while (entry.lastIndex < outer[1]!.length) {
    const match = entry.exec(outer[1]!);
    const key = match?.[1] ?? match?.[2];
    if (match === null || key === undefined || fields.has(key)) throw malformed();
    fields.set(key, match[3]!);
  }
  const { descr, fortran_order: fortran, shape } = Object.fromEntries(fields);
  if (fields.size !== 3 || descr === undefined || shape === undefined || !/^\(/.test(shape) || (fortran !== "True" && fortran !== "False")) throw malformed();
  const sides = /^\(\s*(?:\d+\s*,\s*)*(?:\d+\s*)?\)$/.test(shape) ? (shape.match(/\d+/g) ?? []).map(Number) : null;
  if (sides === null) throw malformed();
  if (fortran === "True") throw refuse(t("the array is in Fortran order"), shown, t("C order"), t("Save numpy.ascontiguousarray(array) instead."));
  return { ...parseType(descr.slice(1, -1), refuse), shape: sides };
}

function parseType(descr: string, refuse: Refusal): Pick<NpyArray, "kind" | "itemSize" | "littleEndian"> {
  const match = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(descr);
  const kind = match?.[2] as Kind;
  const itemSize = Number(match?.[3]);
  if (match === null || !(DTYPES[kind]?.includes(itemSize) ?? false)) {
    throw refuse(t("an element type that is not read"), `'${descr}'`, t("uint8 or float32 images, integer labels"));
  }
  return { kind, itemSize, littleEndian: match[1] !== ">" };
}

/** e.g. `uint8 [2000, 32, 32, 3]`. */
export function describeArray({ kind, itemSize, shape }: Pick<NpyArray, "kind" | "itemSize" | "shape">): string {
  const type = { u: "uint", i: "int", f: "float" }[kind];
  return `${type}${8 * itemSize} [${shape.join(", ")}]`;
}

/** Elements of floats or integers as numbers; 64-bit integers lose what a number cannot hold, which no label needs. */
export function numbersOf(piece: Uint8Array, { kind, itemSize, littleEndian }: Pick<NpyArray, "kind" | "itemSize" | "littleEndian">): Float64Array {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
  const get: Record<string, (at: number) => number> = {
    u1: (at) => view.getUint8(at),
    u2: (at) => view.getUint16(at, littleEndian),
    u4: (at) => view.getUint32(at, littleEndian),
    u8: (at) => Number(view.getBigUint64(at, littleEndian)),
    i1: (at) => view.getInt8(at),
    i2: (at) => view.getInt16(at, littleEndian),
    i4: (at) => view.getInt32(at, littleEndian),
    i8: (at) => Number(view.getBigInt64(at, littleEndian)),
    f2: (at) => halfFloat(view.getUint16(at, littleEndian)),
    f4: (at) => view.getFloat32(at, littleEndian),
    f8: (at) => view.getFloat64(at, littleEndian),
  };
  const read = get[`${kind}${itemSize}`]!;
  return Float64Array.from({ length: piece.length / itemSize }, (_, i) => read(i * itemSize));
}

/** Elements in single precision. */
export function floatsOf(piece: Uint8Array, array: Pick<NpyArray, "kind" | "itemSize" | "littleEndian">): Float32Array {
  const native = array.kind === "f" && array.itemSize === 4 && array.littleEndian;
  // A copy begins at a multiple of four, which a view needs.
  return native ? new Float32Array(piece.slice().buffer) : Float32Array.from(numbersOf(piece, array));
}

/** IEEE 754 half precision: 1 sign bit, 5 exponent bits, 10 fraction bits. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
