/**
 * A minimal protobuf writer (protobuf.dev/programming-guides/encoding). Large byte strings are kept by reference and
 * copied once, in `finish`; small ones are copied at once, since thousands of small arrays cost more than their bytes.
 */
const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Byte strings from this length on are kept by reference. */
const LARGE = 256;
/** A negative int64 takes the most. */
const LONGEST_VARINT = 10;
const FIRST_CAPACITY = 64;

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

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

const EMPTY = new Uint8Array(0);

/** One message under construction. Fields come out in the order in which they were added. */
export class Message {
  /** What comes before `tail`. */
  private readonly chunks: Uint8Array[] = [];
  private chunksLength = 0;
  private tail = EMPTY;
  private tailLength = 0;

  /** Bytes so far. */
  private get length(): number {
    return this.chunksLength + this.tailLength;
  }

  /** int32, int64, bool or enum; `value` is a safe integer. */
  int(field: number, value: number): this {
    if (!Number.isSafeInteger(value)) throw new RangeError(`Field ${field}: ${value} is no safe integer.`);
    this.varint(field * 8 + VARINT);
    this.varint(value);
    return this;
  }

  /** float (32 bits). */
  float(field: number, value: number): this {
    this.varint(field * 8 + FIXED_32);
    this.reserve(4);
    new DataView(this.tail.buffer, this.tail.byteOffset).setFloat32(this.tailLength, value, true);
    this.tailLength += 4;
    return this;
  }

  /** bytes; do not change them before `finish`. */
  bytes(field: number, value: Uint8Array): this {
    this.open(field, value.length);
    this.append(value);
    return this;
  }

  string(field: number, value: string): this {
    if (!isAscii(value)) return this.bytes(field, utf8(value));
    const { length } = value;
    this.open(field, length);
    this.reserve(length);
    const { tail, tailLength } = this;
    for (let i = 0; i < length; i++) tail[tailLength + i] = value.charCodeAt(i);
    this.tailLength += length;
    return this;
  }

  /** repeated int64, packed. */
  packedInts(field: number, values: readonly number[]): this {
    const packed = new Message();
    for (const value of values) packed.varint(value);
    return this.message(field, packed);
  }

  /** A message inside this one, complete by now. */
  message(field: number, value: Message): this {
    this.open(field, value.length);
    for (const chunk of value.chunks) this.append(chunk);
    this.append(value.tail.subarray(0, value.tailLength));
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
    bytes.set(this.tail.subarray(0, this.tailLength), at);
    return bytes;
  }

  private open(field: number, length: number): void {
    this.varint(field * 8 + LENGTH_DELIMITED);
    this.varint(length);
  }

  /** Base-128 varint of a whole number; negative ones take ten bytes, as two's complement of 64 bits. */
  private varint(value: number): void {
    this.reserve(LONGEST_VARINT);
    if (value < 0) {
      let rest = BigInt.asUintN(64, BigInt(value));
      for (; rest >= 0x80n; rest >>= 7n) this.tail[this.tailLength++] = Number(rest & 0x7fn) | 0x80;
      this.tail[this.tailLength++] = Number(rest);
      return;
    }
    let rest = value;
    // Not `>>>`: sizes and dimensions may pass 32 bits.
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.tail[this.tailLength++] = (rest % 0x80) | 0x80;
    this.tail[this.tailLength++] = rest;
  }

  private append(bytes: Uint8Array): void {
    if (bytes.length < LARGE) {
      this.reserve(bytes.length);
      this.tail.set(bytes, this.tailLength);
      this.tailLength += bytes.length;
      return;
    }
    if (this.tailLength > 0) this.chunks.push(this.tail.subarray(0, this.tailLength));
    this.chunksLength += this.tailLength + bytes.length;
    this.chunks.push(bytes);
    // The rest of the old one stays free for what comes next.
    this.tail = this.tail.subarray(this.tailLength);
    this.tailLength = 0;
  }

  /** Makes room for so many bytes at the end of `tail`. */
  private reserve(length: number): void {
    const needed = this.tailLength + length;
    if (needed <= this.tail.length) return;
    const larger = new Uint8Array(Math.max(FIRST_CAPACITY, needed, 2 * this.tail.length));
    larger.set(this.tail.subarray(0, this.tailLength));
    this.tail = larger;
  }
}
