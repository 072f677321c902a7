/**
 * A minimal protobuf writer (protobuf.dev/programming-guides/encoding). Large byte strings are kept by reference
 * and copied once, in `finish`.
 */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Base-128 varint of a whole number; negative ones take ten bytes, as two's complement of 64 bits. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  if (value < 0) {
    for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
      if (rest < 0x80n) return [...bytes, Number(rest)];
      bytes.push(Number(rest & 0x7fn) | 0x80);
    }
  }
  let rest = value;
  // Not `>>>`: sizes and dimensions may pass 32 bits.
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

/** UTF-8, since this room has neither DOM nor Node.js and so no TextEncoder; lone surrogates become U+FFFD. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const c = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (c < 0x80) bytes.push(c);
    else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 0x3f));
    else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f));
    else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 0x3f), 0x80 | ((c >> 6) & 0x3f), 0x80 | (c & 0x3f));
  }
  return new Uint8Array(bytes);
}

/** One message under construction. Fields come out in the order in which they were added. */
export class Message {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  /** int32, int64, bool or enum; `value` is a safe integer. */
  int(field: number, value: number): this {
    if (!Number.isSafeInteger(value)) throw new RangeError(`Field ${field}: ${value} is no safe integer.`);
    return this.add(new Uint8Array([...varint(field * 8 + VARINT), ...varint(value)]));
  }

  /** float (32 bits). */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.add(new Uint8Array(varint(field * 8 + FIXED_32))).add(bytes);
  }

  /** bytes; kept by reference until `finish`. */
  bytes(field: number, value: Uint8Array): this {
    return this.add(new Uint8Array([...varint(field * 8 + LENGTH_DELIMITED), ...varint(value.length)])).add(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, utf8(value));
  }

  /** repeated int64, packed. */
  packedInts(field: number, values: readonly number[]): this {
    return this.bytes(field, new Uint8Array(values.flatMap((value) => varint(value))));
  }

  /** A message inside this one, complete by now. */
  message(field: number, value: Message): this {
    this.add(new Uint8Array([...varint(field * 8 + LENGTH_DELIMITED), ...varint(value.length)]));
    for (const chunk of value.chunks) this.add(chunk);
    return this;
  }

  /** The encoded message. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  private add(chunk: Uint8Array): this {
    this.chunks.push(chunk);
    this.length += chunk.length;
    return this;
  }
}
