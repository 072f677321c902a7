import { SupernetError } from "./errors.js";

/** A field of a protobuf message (protobuf.dev/programming-guides/encoding): a varint, or bytes (fixed ones too). */
export interface Field {
  readonly number: number;
  /** 0 varint, 1 fixed 64 bits, 2 length-delimited, 5 fixed 32 bits. */
  readonly type: number;
  /** Of a varint; NaN where it passes 2^53. */
  readonly value: number;
  /** Of all others. */
  readonly bytes: Uint8Array;
}

const EMPTY = new Uint8Array(0);
const LONGEST_VARINT = 10;

/** Reads a message field by field, and believes none of its lengths. */
export class MessageReader {
  private at = 0;
  constructor(
    private readonly bytes: Uint8Array,
    private readonly what: string,
  ) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** @throws SupernetError for what is no protobuf */
  next(): Field {
    const key = this.varint();
    const number = Math.floor(key / 8);
    const type = key % 8;
    if (!(number >= 1 && number < 2 ** 29)) throw this.error("a field without a number");
    switch (type) {
      case 0:
        return { number, type, value: this.varint(), bytes: EMPTY };
      case 1:
        return { number, type, value: 0, bytes: this.take(8) };
      case 2:
        return { number, type, value: 0, bytes: this.take(this.varint()) };
      case 5:
        return { number, type, value: 0, bytes: this.take(4) };
      default:
        throw this.error(`a field of the wire type ${type}`);
    }
  }

  /** A whole number of up to 64 bits; NaN where a double cannot hold it (negative ones among them). */
  varint(): number {
    let value = 0;
    let unit = 1;
    for (let i = 0; i < LONGEST_VARINT; i++, unit *= 0x80) {
      if (this.done) throw this.error("the end inside a number");
      const byte = this.bytes[this.at++]!;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return Number.isSafeInteger(value) ? value : NaN;
    }
    throw this.error("a number of more than ten bytes");
  }

  private take(length: number): Uint8Array {
    // Also refuses NaN.
    if (!(length <= this.bytes.length - this.at)) throw this.error(`a field of ${length} bytes, longer than what holds it`);
    return this.bytes.subarray(this.at, (this.at += length));
  }

  private error(found: string): SupernetError {
    return new SupernetError(`${this.what}: found ${found} (byte ${this.at}). Is the file complete?`);
  }
}
