import { SupernetError } from "./errors.js";

/** Numbers of characters that String.fromCharCode takes at once without trouble. */
const AT_ONCE = 4096;

/** Smallest code point of a sequence with so many continuation bytes: shorter forms exist for what lies below. */
const SMALLEST = [0, 0x80, 0x800, 0x10000];

/**
 * UTF-8 as text, strictly: this room has neither DOM nor Node.js and so no TextDecoder.
 * @param what for the message
 * @throws SupernetError for bytes that are no UTF-8
 */
export function textOf(bytes: Uint8Array, what: string): string {
  let text = "";
  let units: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++]!;
    const more = lead < 0x80 ? 0 : lead >= 0xc0 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf8 ? 3 : -1;
    let code = more <= 0 ? lead : lead & (0x3f >> more);
    let good = more >= 0;
    for (let i = 0; i < more && good; i++, at++) {
      good = at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
      if (good) code = (code << 6) | (bytes[at]! & 0x3f);
    }
    if (!good || code > 0x10ffff || code < SMALLEST[more]! || (code >= 0xd800 && code < 0xe000)) throw new SupernetError(`${what}: found bytes that are no UTF-8 text.`);
    if (code < 0x10000) units.push(code);
    else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff));
    if (units.length >= AT_ONCE) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}
