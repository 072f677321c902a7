import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectData, openData } from "../../../src/worker/data/index.js";
import { memoryBytes } from "../../../src/worker/data/bytes.js";
import { numbersOf, readNpy } from "../../../src/worker/data/npy.js";
import { fixture, folderOf, npy, OPTIONS, refusal } from "./helpers.js";

const floats = (values: readonly number[]) => Buffer.from(new Float32Array(values).buffer);
const pixels = (count: number, side = 8) => Buffer.from(Array.from({ length: count * side * side * 3 }, (_, i) => (i * 37) % 256));
const longs = (values: readonly number[]) => Buffer.from(new BigInt64Array(values.map(BigInt)).buffer);

/** A data folder of .npy pairs: 4 validation images of 8 px, 2 for calibration. */
const good = {
  "validation.images.npy": npy("|u1", [4, 8, 8, 3], pixels(4)),
  "validation.labels.npy": npy("<i8", [4], longs([0, 1, 2, 1])),
  "calibration.images.npy": npy("|u1", [2, 8, 8, 3], pixels(2)),
};

describe("data as arrays", () => {
  it("reads .npz files of NumPy, stored and deflated", async () => {
    const root = folderOf({ "validation.npz": fixture("stored.npz"), "calibration.npz": fixture("deflated.npz"), "classes.txt": "\uFEFFdisc\r\nstar\r\nring\r\n" });
    const { card, part } = await openData(root, OPTIONS);
    expect(card).toMatchObject({ validation: 6, calibration: 6, classes: ["disc", "star", "ring"], form: "tensors" });
    const [validation, calibration] = [part("validation", null, 3), part("calibration", null, 3)];
    expect(calibration.labels).toBeNull();
    expect([...validation.labels!].sort()).toEqual([0, 0, 1, 1, 2, 2]);
    // The deflated images are the stored ones divided by 64, and the same seed gives the same order.
    const byte = (value: number, i: number) => {
      const channel = Math.floor((i % 192) / 64);
      return Math.round((value * OPTIONS.preprocessing.std[channel]! + OPTIONS.preprocessing.mean[channel]!) * 255) | 0;
    };
    const [a, b] = await Promise.all([validation.batch(0, 6), calibration.batch(0, 6)]);
    expect(a).toHaveLength(6 * 3 * 64);
    expect([...b].map(byte)).toEqual([...a].map(byte).map((value) => value >> 6));
  });

  it("keeps labels with their images, whatever the order", async () => {
    const { part } = await openData(folderOf(good), OPTIONS);
    const natural = new Map<string, number>();
    const all = part("validation", null, 1);
    const size = 3 * 64;
    const key = (batch: Float32Array, i: number) => batch.slice(i * size, (i + 1) * size).join();
    const first = await all.batch(0, 4);
    for (let i = 0; i < 4; i++) natural.set(key(first, i), all.labels![i]!);
    expect(natural.size).toBe(4);
    for (let seed = 2; seed < 12; seed++) {
      const set = part("validation", 3, seed);
      expect(set.count).toBe(3);
      const batch = await set.batch(1, 3);
      expect([key(batch, 0), key(batch, 1)].map((image) => natural.get(image))).toEqual([...set.labels!.slice(1)]);
    }
  });

  it("gives the same batches with no memory for decoded images, and prefixes for the same seed", async () => {
    const root = folderOf(good);
    const kept = (await openData(root, OPTIONS)).part("validation", null, 7);
    const again = (await openData(root, { ...OPTIONS, memoryBytes: 200 })).part("validation", 2, 7);
    const whole = await kept.batch(0, 4);
    for (let round = 0; round < 2; round++) expect(await again.batch(0, 2)).toEqual(whole.slice(0, 2 * 3 * 64));
    expect(await kept.batch(0, 4)).toEqual(whole);
    await expect(kept.batch(2, 5)).rejects.toThrow(RangeError);
  });

  it("takes normalised images as they are, of any float type", async () => {
    const values = Array.from({ length: 2 * 3 * 64 }, (_, i) => (i - 50) / 16);
    const halves = Buffer.from(Uint8Array.from(values.flatMap((value) => halfBytes(value))));
    const doubles = Buffer.alloc(8 * values.length);
    values.forEach((value, i) => doubles.writeDoubleBE(value, 8 * i));
    for (const [descr, data] of [["<f4", floats(values)], ["<f2", halves], [">f8", doubles]] as const) {
      const { part } = await openData(folderOf({ ...good, "calibration.images.npy": npy(descr, [2, 3, 8, 8], data) }), OPTIONS);
      const batch = await part("calibration", null, 1).batch(0, 2);
      expect([...batch].sort((a, b) => a - b)).toEqual(values);
    }
  });

  it("falls back to training images for calibration, and tells data apart by their digests", async () => {
    const { "calibration.images.npy": images, ...rest } = good;
    const card = await inspectData(folderOf({ ...rest, "train.images.npy": images }));
    expect(card).toMatchObject({ calibration: 2, validation: 4, classes: ["0", "1", "2"] });
    const digests = new Set<string>();
    for (const files of [good, { ...good, "train.npz": "not looked at" }, { ...good, "validation.labels.npy": npy("<i8", [4], longs([0, 1, 2, 2])) }]) digests.add((await inspectData(folderOf(files))).digest);
    expect(digests.size).toBe(2);
  });

  const broken: [string, Record<string, Uint8Array | string>, RegExp][] = [
    ["labels of another number", { "validation.labels.npy": npy("<i8", [3], longs([0, 1, 2])) }, /labels\.npy: the labels do not fit the images \(found int64 \[3\], expected integers \[4\]\)/],
    ["a label beyond the classes", { "validation.labels.npy": npy("<i8", [4], longs([0, 1, 2, 3])) }, /\[3\]: a label is beyond .*found 3, expected 0 to 2/],
    ["a label below 0", { "validation.labels.npy": npy("<i8", [4], longs([0, -1, 2, 1])) }, /\[1\]: a label is no class \(found -1/],
    ["float labels", { "validation.labels.npy": npy("<f4", [4], floats([0, 1, 2, 1])) }, /found float32 \[4\]/],
    ["channels first", { "calibration.images.npy": npy("|u1", [2, 3, 8, 8], pixels(2)) }, /found uint8 \[2, 3, 8, 8\], expected uint8 \[N, H, W, 3\]/],
    ["channels last", { "calibration.images.npy": npy("<f4", [1, 8, 8, 3], floats(Array(192).fill(0))) }, /found float32 \[1, 8, 8, 3\]/],
    ["another side", { "calibration.images.npy": npy("<f4", [1, 3, 4, 4], floats(Array(48).fill(0))) }, /expected \[N, 3, 8, 8\]/],
    ["no images", { "calibration.images.npy": npy("|u1", [0, 8, 8, 3], pixels(0)) }, /found uint8 \[0, 8, 8, 3\]/],
    ["Fortran order", { "calibration.images.npy": npy("|u1", [2, 8, 8, 3], pixels(2), { fortran: true }) }, /Fortran order.*ascontiguousarray/],
    ["objects", { "calibration.images.npy": npy("|O8", [1], Buffer.alloc(8)) }, /element type that is not read \(found '\|O8'/],
    ["too short", { "calibration.images.npy": npy("|u1", [3, 8, 8, 3], pixels(2)) }, /its size does not fit its shape \(found 384 bytes, expected 576/],
    ["no array", { "calibration.images.npy": "images, I promise" }, /no \.npy array/],
    ["too few names", { "classes.txt": "disc\nstar\n" }, /classes\.txt: fewer class names .*found 2, expected at least 3/],
    ["too many names", { "classes.txt": "a\nb\nc\nd\n" }, /classes\.txt: .*found 4 classes, expected 3/],
    ["two places", { "val.npz": fixture("stored.npz") }, /more than one place.*validation\.images\.npy, val\.npz/],
  ];
  it.each(broken)("refuses %s", async (_, files, message) => {
    expect(await refusal(() => openData(folderOf({ ...good, ...files }), OPTIONS))).toMatch(message);
  });

  it("refuses a folder without one of its parts, and arrays that are missing", async () => {
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([file]) => file !== name));
    expect(await refusal(() => inspectData(folderOf(without("validation.images.npy"))))).toMatch(/the validation images are missing/);
    expect(await refusal(() => inspectData(folderOf(without("validation.labels.npy"))))).toMatch(/the labels of the images are missing/);
    expect(await refusal(() => inspectData(folderOf(without("calibration.images.npy"))))).toMatch(/the calibration images are missing/);
    expect(await refusal(() => inspectData("/no/such/folder"))).toMatch(/does not exist/);
    expect(await refusal(() => inspectData(folderOf({ "calibration.npz": fixture("stored.npz"), "validation.npz": "PK" })))).toMatch(/validation\.npz: the file cannot be read/);
  });

  it("refuses an image that is not finite, when it is read", async () => {
    const values = Array<number>(2 * 192).fill(0);
    values[200] = NaN;
    const { part } = await openData(folderOf({ ...good, "calibration.images.npy": npy("<f4", [2, 3, 8, 8], floats(values)) }), OPTIONS);
    expect(await refusal(() => part("calibration", null, 1).batch(0, 2))).toMatch(/images\.npy: \[1\]: an image holds a value that is not finite/);
  });
});

describe(".npy headers", () => {
  const read = (file: Uint8Array) => readNpy(memoryBytes(file), "x.npy");

  it("are read in versions 1 to 3, in any order of their entries", async () => {
    for (const version of [1, 2, 3]) expect(await read(npy("<u2", [2, 3], Buffer.alloc(12), { version }))).toMatchObject({ kind: "u", itemSize: 2, shape: [2, 3] });
    expect(await read(npy("", [], Buffer.alloc(4), { header: `{"shape":(4,),"fortran_order":False,"descr":"|i1"}` }))).toMatchObject({ kind: "i", shape: [4] });
    expect(await refusal(() => read(npy("|u1", [1], Buffer.alloc(1), { version: 4 })))).toMatch(/version 4\.0/);
  });

  it.each([
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'x': (1,)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': __import__('os').getpid()}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (1 1)}",
    "{'descr': '|u1', 'descr': '|u1', 'shape': (1,)}",
    "{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (1,)}",
    "('|u1', False, (1,))",
  ])("are refused: %s", async (header) => {
    expect(await refusal(() => read(npy("", [], Buffer.alloc(1), { header })))).toMatch(/the header is not one of a plain array/);
  });

  it("give every integer type in both byte orders", () => {
    const types = [1, 2, 4, 8].flatMap((itemSize) => [true, false].flatMap((littleEndian) => (["u", "i"] as const).map((kind) => ({ kind, itemSize, littleEndian }))));
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.nat(127), (type, value) => {
        const piece = Buffer.alloc(type.itemSize);
        piece[type.littleEndian ? 0 : type.itemSize - 1] = value;
        expect([...numbersOf(piece, type)]).toEqual([value]);
      }),
    );
  });
});

/** Half precision of a value that it holds exactly. */
function halfBytes(value: number): [number, number] {
  const exponent = value === 0 ? 0 : Math.max(Math.floor(Math.log2(Math.abs(value))), -14);
  const fraction = Math.abs(value) / 2 ** exponent;
  const bits = (value < 0 ? 0x8000 : 0) | (value === 0 ? 0 : ((exponent + 15) << 10) | Math.round((fraction - 1) * 1024));
  return [bits & 255, bits >> 8];
}
