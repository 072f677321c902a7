import { crc32, inflateSync } from "node:zlib";
import { t } from "../../shared/l10n.js";
import { requirePixels } from "./limits.js";
import type { Pixels } from "./types.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Samples a pixel and bit depths, by colour type. */
const TYPES: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
const INDEXED = 3;
/** Adam7: first column, first row, and steps of the seven passes. */
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly type: number;
  readonly samples: number;
  readonly interlaced: boolean;
}

/**
 * Decodes a PNG (ISO/IEC 15948) to RGB: grey is repeated, palettes are looked up, alpha and transparent colours are
 * dropped. Of 16-bit samples the high byte counts (Pillow does so for RGB; its 16-bit grey images clip instead, which
 * leaves nothing to see). Written out here, since the size of what is inflated must be bounded by what the header says.
 * @throws Error saying what is wrong with the image
 */
export function decodePng(data: Uint8Array): Pixels {
  const { header, palette, compressed } = readChunks(data);
  const passes = passesOf(header);
  const expected = passes.reduce((sum, { columns, rows }) => sum + rows * (1 + rowBytes(header, columns)), 0);
  const raw = inflated(compressed, expected);
  const out = new Uint8Array(header.width * header.height * 3);
  let at = 0;
  for (const pass of passes) {
    const bytes = rowBytes(header, pass.columns);
    for (let row = 0; row < pass.rows; row++, at += 1 + bytes) {
      unfilter(raw, at, bytes, row > 0 ? at - bytes : -1, Math.max(1, (header.samples * header.depth) >> 3));
      putRow(out, raw, at + 1, row, pass, header, palette);
    }
  }
  return { width: header.width, height: header.height, channels: 3, data: out };
}

/** Header, palette and image data; other chunks are passed over. Checksums of those read must be right. */
function readChunks(data: Uint8Array): { header: Header; palette: Uint8Array; compressed: Uint8Array } {
  if (SIGNATURE.some((byte, i) => data[i] !== byte)) throw new Error(t("the PNG's beginning is damaged"));
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let header: Header | null = null;
  let palette: Uint8Array = new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  for (let at = SIGNATURE.length; ; ) {
    if (at + 12 > data.length) throw new Error(t("the PNG is cut off"));
    const length = view.getUint32(at);
    const end = at + 8 + length;
    const type = String.fromCharCode(...data.subarray(at + 4, at + 8));
    if (end + 4 > data.length) throw new Error(t("the PNG is cut off"));
    if (["IHDR", "PLTE", "IDAT"].includes(type) && crc32(data.subarray(at + 4, end)) !== view.getUint32(end)) throw new Error(t("the PNG is damaged: the checksum of {0} is wrong", type));
    const content = data.subarray(at + 8, end);
    if ((header === null) !== (type === "IHDR")) throw new Error(t("the PNG does not begin with one header"));
    if (type === "IHDR") header = readHeader(content);
    else if (type === "PLTE") palette = content;
    else if (type === "IDAT") pieces.push(content);
    else if (type === "IEND") break;
    at = end + 4;
  }
  return { header: header!, palette, compressed: Buffer.concat(pieces) };
}

function readHeader(content: Uint8Array): Header {
  if (content.length !== 13) throw new Error(t("the PNG's header is damaged"));
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, type, compression, filter, interlace] = content.subarray(8) as unknown as [number, number, number, number, number];
  const kind = TYPES[type];
  if (kind === undefined || !kind.depths.includes(depth)) throw new Error(t("a PNG of colour type {0} with {1} bits, which there is not", type, depth));
  if (compression !== 0 || filter !== 0 || interlace > 1) throw new Error(t("a PNG of a method that is not known"));
  requirePixels(width, height);
  return { width, height, depth, type, samples: kind.samples, interlaced: interlace === 1 };
}

function inflated(compressed: Uint8Array, expected: number): Uint8Array {
  const raw = inflateSync(compressed, { maxOutputLength: expected });
  if (raw.length !== expected) throw new Error(t("the PNG holds {0} bytes of pixels instead of {1}", raw.length, expected));
  return raw;
}

interface Pass {
  readonly columns: number;
  readonly rows: number;
  readonly left: number;
  readonly top: number;
  readonly across: number;
  readonly down: number;
}

function passesOf({ width, height, interlaced }: Header): Pass[] {
  if (!interlaced) return [{ columns: width, rows: height, left: 0, top: 0, across: 1, down: 1 }];
  return PASSES.map(([left, top, across, down]) => ({
    columns: Math.max(0, Math.ceil((width - left) / across)),
    rows: Math.max(0, Math.ceil((height - top) / down)),
    left,
    top,
    across,
    down,
  })).filter(({ columns, rows }) => columns > 0 && rows > 0);
}

const rowBytes = ({ samples, depth }: Header, columns: number) => Math.ceil((columns * samples * depth) / 8);

/** Takes the filter off a row in place. `above`: where the row above begins; -1 for none, which counts as zeros. */
function unfilter(raw: Uint8Array, at: number, bytes: number, above: number, step: number): void {
  const filter = raw[at]!;
  if (filter > 4) throw new Error(t("the PNG is damaged: filter {0}", filter));
  const begin = at + 1;
  if (filter === 0) return;
  for (let i = 0; i < bytes; i++) {
    const left = i >= step ? raw[begin + i - step]! : 0;
    const up = above >= 0 ? raw[above + i]! : 0;
    const corner = above >= 0 && i >= step ? raw[above + i - step]! : 0;
    const predicted = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
    raw[begin + i] = raw[begin + i]! + predicted;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const a = Math.abs(estimate - left);
  const b = Math.abs(estimate - up);
  const c = Math.abs(estimate - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function putRow(out: Uint8Array, raw: Uint8Array, begin: number, row: number, pass: Pass, header: Header, palette: Uint8Array): void {
  const { width, depth, samples, type } = header;
  const grey = samples <= 2;
  if (type !== INDEXED && depth === 8) return putBytes(out, raw, begin, row, pass, width, samples, grey ? 0 : 1);
  const scale = type === INDEXED ? 1 : depth < 8 ? 255 / (2 ** depth - 1) : 1;
  for (let x = 0; x < pass.columns; x++) {
    const to = ((pass.top + row * pass.down) * width + pass.left + x * pass.across) * 3;
    for (let c = 0; c < 3; c++) {
      const value = sample(raw, begin, x * samples + (grey ? 0 : c), depth) * scale;
      if (type === INDEXED && value * 3 + c >= palette.length) throw new Error(t("the PNG is damaged: a colour beyond its palette"));
      out[to + c] = type === INDEXED ? palette[value * 3 + c]! : value;
    }
  }
}

/** Most images: samples are bytes. `next`: from one channel to the next, 0 where all three are the same. */
function putBytes(out: Uint8Array, raw: Uint8Array, begin: number, row: number, pass: Pass, width: number, samples: number, next: 0 | 1): void {
  let to = ((pass.top + row * pass.down) * width + pass.left) * 3;
  for (let x = 0, at = begin; x < pass.columns; x++, at += samples, to += 3 * pass.across) {
    out[to] = raw[at]!;
    out[to + 1] = raw[at + next]!;
    out[to + 2] = raw[at + 2 * next]!;
  }
}

/** The index-th sample of a row: its high byte where it has two. */
function sample(raw: Uint8Array, begin: number, index: number, depth: number): number {
  if (depth >= 8) return raw[begin + index * (depth >> 3)]!;
  const bit = index * depth;
  return (raw[begin + (bit >> 3)]! >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}
