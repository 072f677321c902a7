import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tensorProto } from "../../../../src/onnx/proto.js";
import { Message } from "../../../../src/onnx/protobuf.js";
import { SupernetError } from "../../../../src/onnx/supernet/errors.js";
import { halfToNumber } from "../../../../src/onnx/supernet/file.js";
import { supernetSpecs } from "../../../../src/onnx/supernet/names.js";
import { writeSafetensors, type NamedTensor } from "../../../../src/onnx/supernet/safetensors.js";
import { readSupernet } from "../../../../src/onnx/supernet/supernet.js";
import { bytesOf, ELASTIC, metadataOf, onnxFile, onnxOf, randomFile, randomTensors } from "./supernets.js";

const read = (bytes: Uint8Array) => readSupernet(bytes, ELASTIC);
const NAMES = supernetSpecs(ELASTIC).map(({ name }) => name);
const WHOLE = randomTensors(ELASTIC, 1);
const STEM = "stem.conv.weight";

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] } & Record<string, string>>;

/** A safetensors file with a header of one's own, over the data of the random file. */
function withHeader(change: (header: Header) => unknown): Uint8Array {
  const file = randomFile(ELASTIC);
  const length = new DataView(file.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Header;
  const changed = change(header);
  return assembled(typeof changed === "string" ? changed : JSON.stringify(header), file.subarray(8 + length));
}

function assembled(header: string, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const safetensors = (change: (tensors: Map<string, NamedTensor>) => void, metadata = metadataOf(ELASTIC)) => {
  const tensors = new Map(WHOLE);
  change(tensors);
  return writeSafetensors(tensors, metadata);
};

/** The ONNX file with another message for the stem's weight. */
const onnx = (stem: (tensor: NamedTensor) => Message, metadata = metadataOf(ELASTIC)) =>
  onnxOf([...WHOLE].map(([name, tensor]) => (name === STEM ? stem(tensor) : tensorProto(name, tensor.shape, tensor.data))), metadata);

describe("a supernet file", () => {
  it.each([
    ["safetensors", randomFile(ELASTIC)],
    ["onnx", onnxFile(ELASTIC)],
  ] as const)("in %s gives back every number", (format, bytes) => {
    const supernet = read(bytes);
    expect(supernet).toMatchObject({ format, bytes: bytes.length, spaceId: "elastic", space: ELASTIC });
    for (const [name, { data }] of WHOLE) expect(supernet.tensor(name), name).toEqual(data);
  });

  it("may lie anywhere in memory", () => {
    for (const shift of [1, 2, 3, 4]) {
      const file = randomFile(ELASTIC);
      const moved = new Uint8Array(file.length + shift).subarray(shift);
      moved.set(file);
      expect(read(moved).tensor(STEM)).toEqual(WHOLE.get(STEM)!.data);
    }
  });

  it("may hold tensors that nobody asks for, of types that nobody knows, and no space", () => {
    const more = withHeader((header) => {
      header["stem.conv.norm.num_batches_tracked"] = { dtype: "F4_NEW", shape: [], data_offsets: [0, 0] } as never;
      delete header["__metadata__"]!["foxnas.space"];
    });
    expect(read(more).spaceId).toBeNull();
  });

  it.each([
    ["float32 in float_data", (t: NamedTensor) => floatData(t, [t.data])],
    ["float32 in pieces of float_data", (t: NamedTensor) => floatData(t, [t.data.subarray(0, 5), t.data.subarray(5)])],
    ["float32 in single floats", (t: NamedTensor) => [...t.data].reduce((message, value) => message.float(4, value), floatData(t, []))],
    ["dimensions one by one", ({ shape, data }: NamedTensor) => shape.reduce((message, side) => message.int(1, side), new Message()).int(2, 1).string(8, STEM).bytes(9, bytesOf(data))],
  ])("in ONNX may hold %s", (_, message) => {
    expect(read(onnx(message)).tensor(STEM)).toEqual(WHOLE.get(STEM)!.data);
  });

  it("may hold float16 and bfloat16", () => {
    const { shape, data } = WHOLE.get(STEM)!;
    // Numbers that both types hold.
    const coarse = data.map((_, i) => ((i % 16) - 7.5) / 8);
    const bits = (type: number) => Uint16Array.from(coarse, (v) => (type === 16 ? new Uint32Array(Float32Array.of(v).buffer)[0]! >>> 16 : halfOf(v)));
    for (const type of [10, 16]) {
      const file = onnx(() => new Message().packedInts(1, shape).int(2, type).string(8, STEM).bytes(9, bytesOf(bits(type))));
      expect(read(file).tensor(STEM)).toEqual(coarse);
    }
    for (const [dtype, type] of [["F16", 10], ["BF16", 16]] as const) expect(read(halfFile(dtype, bits(type))).tensor(STEM)).toEqual(coarse);
  });
});

function floatData({ shape }: NamedTensor, pieces: readonly Float32Array[]): Message {
  const message = new Message().packedInts(1, shape).int(2, 1).string(8, STEM);
  return pieces.reduce((m, piece) => m.bytes(4, bytesOf(piece)), message);
}

/** The number's float16, by trying all. */
const HALVES = new Map(Array.from({ length: 1 << 16 }, (_, half) => [halfToNumber(half), half]));
const halfOf = (value: number) => HALVES.get(value)!;

/** A safetensors file whose stem's weight has 16 bits a number. */
function halfFile(dtype: string, bits: Uint16Array): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadataOf(ELASTIC) };
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const [name, { shape, data }] of WHOLE) {
    const bytes = bytesOf(name === STEM ? bits : data);
    header[name] = { dtype: name === STEM ? dtype : "F32", shape, data_offsets: [length, length + bytes.length] };
    pieces.push(bytes);
    length += bytes.length;
  }
  return assembled(JSON.stringify(header), new Uint8Array(Buffer.concat(pieces)));
}

describe("float16", () => {
  it("is IEEE 754's binary16", () => {
    const known = [[0x0000, 0], [0x0001, 2 ** -24], [0x03ff, 1023 * 2 ** -24], [0x0400, 2 ** -14], [0x3555, 0.333251953125], [0x3c00, 1], [0xc000, -2], [0x7bff, 65504], [0x7c00, Infinity], [0xfc00, -Infinity], [0x7e00, NaN]] as const;
    for (const [bits, value] of known) expect(halfToNumber(bits), bits.toString(16)).toBe(value);
  });
});

describe("a wrong supernet file is refused by name:", () => {
  const stem = WHOLE.get(STEM)!;
  const set = (name: string, at: number, value: number) => (tensors: Map<string, NamedTensor>) => {
    const { shape, data } = tensors.get(name)!;
    tensors.set(name, { shape, data: data.map((v, i) => (i === at ? value : v)) });
  };
  const entry = (change: object) => withHeader((header) => void Object.assign(header[STEM]!, change));
  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "neither a safetensors file nor an ONNX model"],
    ["no version", safetensors(() => undefined, {}), 'foxnas.supernet in __metadata__: found nothing, expected "1"'],
    ["another version", onnx(({ shape, data }) => tensorProto(STEM, shape, data), { "foxnas.supernet": "2" }), 'foxnas.supernet in metadata_props: found "2", expected "1"'],
    ["another space", safetensors(() => undefined, { "foxnas.supernet": "1", "foxnas.space": "other" }), 'found "other", expected "elastic"'],
    ["a missing tensor", safetensors((t) => t.delete(STEM)), "stem.conv.weight: the file has no such tensor"],
    ["a wrong shape", safetensors((t) => t.set(STEM, { shape: [6, 3, 9], data: stem.data })), "stem.conv.weight: found the shape [6, 3, 9], expected [6, 3, 3, 3]"],
    ["NaN", safetensors(set(STEM, 4, NaN)), "stem.conv.weight: found NaN as number 4, expected finite numbers"],
    ["an infinity", safetensors(set("classifier.bias", 0, -Infinity)), "classifier.bias: found -Infinity as number 0"],
    ["a negative variance", safetensors(set("head.conv.norm.running_var", 1, -1)), "head.conv.norm.running_var: found -1, expected no negative variance"],
    ["another type", entry({ dtype: "I32" }), 'stem.conv.weight: found numbers of type "I32", expected F32, F16 or BF16'],
    ["too long a header", Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 123, 125), "found a length of 18446744073709552000 bytes"],
    ["a header that is no JSON", assembled("{]", new Uint8Array(0)), "expected JSON"],
    ["a header that is no UTF-8", Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 123, 0xc0, 0x80), "no UTF-8"],
    ["a name twice", withHeader((h) => `{${JSON.stringify(h).slice(1, -1)},"${STEM}":${JSON.stringify(h[STEM])}}`), 'found the name "stem.conv.weight" twice'],
    ["deep nesting", withHeader((h) => `{"x":${"[".repeat(1e5)}${"]".repeat(1e5)},${JSON.stringify(h).slice(1)}`), "nesting deeper than 8"],
    ["offsets past the end", entry({ data_offsets: [0, 2 ** 40] }), 'tensor "stem.conv.weight": found the bytes 0 to 1099511627776'],
    ["offsets that fall", entry({ data_offsets: [8, 4] }), 'tensor "stem.conv.weight": found the bytes 8 to 4'],
    ["offsets that are no counts", entry({ data_offsets: [0.5, 648] }), 'tensor "stem.conv.weight": found no data_offsets'],
    ["a huge shape", entry({ shape: [2 ** 31, 2 ** 31, 2 ** 31] }), 'tensor "stem.conv.weight": found 648 bytes'],
    ["a shape of text", entry({ shape: "huge" }), 'tensor "stem.conv.weight": found no shape'],
    ["an overlap", withHeader((h) => void Object.assign(h["stem.conv.norm.weight"]!, { data_offsets: [0, 24] })), 'tensor "stem.conv.weight": found it at byte 0, expected 24: tensors overlap'],
    ["a gap", withHeader((h) => void delete h[STEM]), 'tensor "stem.conv.norm.weight": found it at byte 648, expected 0: tensors leave a gap'],
    ["bytes left over", new Uint8Array(Buffer.concat([randomFile(ELASTIC), Buffer.alloc(4)])), "bytes of data, expected"],
    ["a cut file", randomFile(ELASTIC).slice(0, -4), "Is the file complete?"],
    ["external data", onnx(({ shape }) => new Message().packedInts(1, shape).int(2, 1).string(8, STEM).int(14, 1)), "stem.conv.weight: found external data (numbers in another file), which is refused"],
    ["an external file", onnx(({ shape }) => new Message().packedInts(1, shape).int(2, 1).string(8, STEM).message(13, new Message().string(1, "location").string(2, "/etc/passwd"))), "stem.conv.weight: found external data"],
    ["a segment", onnx(({ shape, data }) => new Message().packedInts(1, shape).int(2, 1).message(3, new Message().int(1, 0)).string(8, STEM).bytes(9, bytesOf(data))), "found a segment"],
    ["two kinds of numbers", onnx((t) => floatData(t, [t.data]).bytes(9, bytesOf(t.data))), "found raw_data and float_data"],
    ["no numbers", onnx(({ shape }) => new Message().packedInts(1, shape).int(2, 1).string(8, STEM)), "stem.conv.weight: found 0 bytes, expected 648"],
    ["float16 outside raw_data", onnx(({ shape }) => new Message().packedInts(1, shape).int(2, 10).packedInts(5, [1, 2]).string(8, STEM)), "stem.conv.weight: found no raw_data"],
    ["doubles", onnx(({ shape }) => new Message().packedInts(1, shape).int(2, 11).string(8, STEM)), "stem.conv.weight: found no raw_data, expected numbers of type ONNX data type 11"],
    ["too many dimensions", onnx(() => new Message().packedInts(1, new Array<number>(1e5).fill(1)).int(2, 1).string(8, STEM)), "more than 64 dimensions"],
    ["a negative dimension", onnx(({ data }) => new Message().packedInts(1, [-6, 3, 3, 3]).int(2, 1).string(8, STEM).bytes(9, bytesOf(data))), "stem.conv.weight: found the shape [NaN, 3, 3, 3]"],
    ["an initializer twice", onnxOf([tensorProto(STEM, stem.shape, stem.data), tensorProto(STEM, stem.shape, stem.data)], {}), 'found the initializer "stem.conv.weight" twice'],
    ["two graphs", new Uint8Array(Buffer.concat([onnxFile(ELASTIC), onnxFile(ELASTIC)])), "found two graphs"],
    ["a cut model", onnxFile(ELASTIC).slice(0, 1000), "longer than what holds it"],
    ["text", new TextEncoder().encode("This is no supernet."), "Is the file complete?"],
  ])("%s", (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(SupernetError);
    expect(() => read(bytes)).toThrow(message);
  });
});

/** A damaged copy: flipped bits, set bytes, a cut, a piece copied elsewhere, a piece taken out or put in. */
const damages = (file: Uint8Array, from: number, to: number): fc.Arbitrary<Uint8Array> => {
  const at = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: from, max: to - 1 }) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: file.length - 1 }) });
  const length = fc.integer({ min: 1, max: 64 });
  const splice = (start: number, gone: number, put: Uint8Array) => new Uint8Array(Buffer.concat([file.subarray(0, start), put, file.subarray(start + gone)]));
  return fc.oneof(
    fc.array(fc.tuple(at, fc.constantFrom(1, 2, 4, 8, 16, 32, 64, 128, 255)), { minLength: 1, maxLength: 8 }).map((flips) => {
      const copy = file.slice();
      for (const [i, mask] of flips) copy[i]! ^= mask;
      return copy;
    }),
    fc.tuple(at, fc.constantFrom(0, 0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0xff), length).map(([i, value, n]) => file.slice().fill(value, i, i + n)),
    at.map((i) => file.slice(0, i)),
    fc.tuple(at, at, length, length).map(([i, j, n, gone]) => splice(i, gone, file.subarray(j, j + n))),
    fc.tuple(at, length).map(([i, n]) => splice(i, n, new Uint8Array(0))),
    fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 24 })).map(([i, put]) => splice(i, 0, put)),
  );
};

describe.each([
  ["safetensors", randomFile(ELASTIC)],
  ["onnx", onnxFile(ELASTIC)],
])("1,000 damaged copies of a file in %s", (format, file) => {
  it("give a supernet of finite numbers, or an error that says why", () => {
    const outcomes = { read: 0, refused: 0 };
    // Most damage goes where structure is: a header; keys and lengths between the numbers.
    const to = format === "safetensors" ? 8 + new DataView(file.buffer).getUint32(0, true) : file.length;
    const property = fc.property(damages(file, 0, to), (bytes) => {
      let supernet;
      try {
        supernet = read(bytes);
      } catch (error) {
        outcomes.refused++;
        expect(error).toBeInstanceOf(SupernetError);
        return;
      }
      outcomes.read++;
      for (const name of NAMES) {
        const values = supernet.tensor(name);
        expect(values.length, name).toBe(WHOLE.get(name)!.data.length);
        if (!values.every(Number.isFinite)) throw new Error(`${name} is not finite`);
      }
    });
    fc.assert(property, { numRuns: 1000, seed: 9 });
    // Damage of both kinds was there.
    expect(outcomes.read).toBeGreaterThan(20);
    expect(outcomes.refused).toBeGreaterThan(300);
  });
});
