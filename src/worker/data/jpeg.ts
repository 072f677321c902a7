import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import createModule from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import { t } from "../../shared/l10n.js";
import { requirePixels } from "./limits.js";
import type { Pixels } from "./types.js";

/** mozjpeg's decoder (libjpeg), compiled to WebAssembly: @jsquash/jpeg. */
interface Decoder {
  decode(data: Uint8Array, preserveOrientation: boolean): { width: number; height: number; data: Uint8ClampedArray } | null;
}
type CreateDecoder = (options: object) => Promise<Decoder>;

const WASM = "mozjpeg_dec.wasm";
/** The bundle has it beside itself; from the sources it is the package's own. */
const WASM_FOLDERS = [__dirname, join(__dirname, "../../../node_modules/@jsquash/jpeg/codec/dec")];
/** Pixels beyond which the decoder's memory is given back. */
const LARGE = 16e6;
/** A progressive image repeats its whole area in every scan; cameras and encoders make about ten. */
const MOST_SCANS = 100;

let wasm: Uint8Array | null = null;
let decoder: Promise<Decoder> | null = null;

/** @throws Error saying what is wrong with the image */
export async function decodeJpeg(data: Uint8Array): Promise<Pixels> {
  checkMarkers(data);
  decoder ??= instantiate();
  const { decode } = await decoder;
  try {
    // Not preserving orientation here means: as stored.
    const image = decode(data, false);
    if (image === null) throw new Error("the decoder refused it");
    // Its memory grows to the largest image and never shrinks.
    if (image.width * image.height > LARGE) decoder = null;
    return { width: image.width, height: image.height, channels: 4, data: new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.length) };
  } catch (error) {
    // libjpeg leaves by exit(): the instance is in no state to be used again.
    decoder = null;
    throw new Error(t("the JPEG is damaged, or of a kind that is not read"), { cause: error });
  }
}

async function instantiate(): Promise<Decoder> {
  wasm ??= await loadWasm();
  const silent = () => undefined;
  return (createModule as unknown as CreateDecoder)({ wasmBinary: wasm, noInitialRun: true, print: silent, printErr: silent });
}

async function loadWasm(): Promise<Uint8Array> {
  const folder = WASM_FOLDERS.find((candidate) => existsSync(join(candidate, WASM)));
  if (folder === undefined) throw new Error(t("{0} is missing beside the program: this installation is not complete", WASM));
  return readFile(join(folder, WASM));
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Start-of-frame markers; those of lossless, hierarchical and arithmetic coding are refused. */
const FRAMES = { read: new Set([0xc0, 0xc1, 0xc2]), refused: new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]) };

/**
 * Walks the markers (ITU T.81, annex B) before the decoder sees the file: size, channels, number of scans, and that the
 * file is complete. The decoder itself fills what is missing with grey.
 * @throws Error
 */
export function checkMarkers(data: Uint8Array): void {
  let frames = 0;
  let scans = 0;
  for (let at = 2; ; ) {
    const marker = data[at + 1];
    if (marker === undefined) throw new Error(t("the JPEG is cut off"));
    if (data[at] !== 0xff) throw new Error(t("the JPEG is damaged: a marker is missing"));
    if (marker === 0xff) at += 1;
    else if (marker === END_OF_IMAGE) break;
    else if ((marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) at += 2;
    else {
      if (FRAMES.refused.has(marker)) throw new Error(t("the JPEG is lossless, hierarchical or arithmetic-coded, which is not read"));
      if (FRAMES.read.has(marker)) {
        checkFrame(data, at);
        frames += 1;
      }
      if (marker === START_OF_SCAN) scans += 1;
      if (scans > MOST_SCANS) throw new Error(t("the JPEG has more than {0} scans", MOST_SCANS));
      at += 2 + (((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0));
      if (marker === START_OF_SCAN) at = endOfScan(data, at);
    }
  }
  if (frames !== 1 || scans === 0) throw new Error(t("the JPEG has {0} frames and {1} scans", frames, scans));
}

/** Marker, length (2 bytes), bits a sample, height (2), width (2), channels. */
function checkFrame(data: Uint8Array, at: number): void {
  const short = (i: number) => ((data[at + i] ?? 0) << 8) | (data[at + i + 1] ?? 0);
  requirePixels(short(7), short(5));
  if (data[at + 4] !== 8) throw new Error(t("a JPEG of {0} bits a sample; 8 are read", data[at + 4] ?? 0));
  const channels = data[at + 9];
  if (channels === 4) throw new Error(t("a JPEG in CMYK, which is not read; save it in RGB"));
  if (channels !== 1 && channels !== 3) throw new Error(t("a JPEG of {0} channels; 1 or 3 are read", channels ?? 0));
}

/** Where the next marker is: in entropy-coded data, FF is followed by 00 or a restart marker. */
function endOfScan(data: Uint8Array, from: number): number {
  for (let at = data.indexOf(0xff, from); at >= 0; at = data.indexOf(0xff, at + 1)) {
    const next = data[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new Error(t("the JPEG is cut off"));
}
