import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Message, utf8 } from "../../../src/onnx/protobuf.js";
import { fieldsOf, varintsOf } from "./decode.js";

const field = fc.integer({ min: 1, max: 2 ** 20 });
const int = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, 1, 127, 128, 2 ** 31, 2 ** 32, -1, Number.MIN_SAFE_INTEGER));

describe("the protobuf writer", () => {
  it("writes the examples of the specification", () => {
    expect([...new Message().int(1, 150).finish()]).toEqual([0x08, 0x96, 0x01]);
    expect([...new Message().string(2, "testing").finish()]).toEqual([0x12, 0x07, ...Buffer.from("testing")]);
    expect([...new Message().message(3, new Message().int(1, 150)).finish()]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
    expect([...new Message().packedInts(6, [3, 270, 86_942]).finish()]).toEqual([0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]);
    expect([...new Message().int(1, -2).finish()]).toEqual([0x08, 0xfe, ...Array<number>(8).fill(0xff), 0x01]);
  });

  it("writes whole numbers that read back", () => {
    fc.assert(
      fc.property(field, int, (number, value) => {
        expect(fieldsOf(new Message().int(number, value).finish())).toEqual([{ field: number, value: BigInt(value) }]);
      }),
    );
  });

  it("refuses what is no safe integer", () => {
    expect(() => new Message().int(1, 0.5)).toThrow("0.5 is no safe integer");
    expect(() => new Message().int(1, 2 ** 53)).toThrow(RangeError);
  });

  it("writes packed lists, floats and nested messages that read back", () => {
    fc.assert(
      fc.property(fc.array(int), fc.float({ noNaN: true }), fc.uint8Array({ maxLength: 300 }), (list, float, bytes) => {
        const inner = new Message().packedInts(1, list).float(2, float).bytes(3, bytes);
        const [outer, tail] = fieldsOf(new Message().message(9, inner).int(1, 7).finish());
        expect(tail).toEqual({ field: 1, value: 7n });
        const [packed, number, raw] = fieldsOf(outer!.bytes!);
        expect(varintsOf(packed!.bytes!)).toEqual(list.map(BigInt));
        expect(new DataView(Uint8Array.from(number!.bytes!).buffer).getFloat32(0, true)).toBe(float);
        expect(raw!.bytes).toEqual(bytes);
      }),
    );
  });

  it("encodes text as TextEncoder does, lone surrogates included", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]);
      }),
    );
    expect([...utf8("a\ud800b")]).toEqual([...new TextEncoder().encode("a\ud800b")]);
  });
});
