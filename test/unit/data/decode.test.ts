import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeImage } from "../../../src/worker/data/decode.js";
import { normalisation, normaliseInto } from "../../../src/worker/data/prepare.js";
import { FIXTURES, fixture, folderOf, OPTIONS, preparedFile, readDrawn, refusal, type Drawn } from "./helpers.js";

const PYTHONS = ["python3", "/usr/bin/python3"];
const python = PYTHONS.find((program) => spawnSync(program, ["-c", "import PIL, torchvision"]).status === 0);
if (python === undefined) {
  console.warn("\n*** SKIPPED: images compared with PIL and torchvision, which Python lacks here. Install them: apt-get install python3-torchvision ***\n");
}

const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, "base64"));

describe("images", () => {
  it.each(readDrawn(FIXTURES))("become what PIL and torchvision made of them: $file", async (drawn) => {
    expect(await preparedFile(FIXTURES, drawn)).toEqual(bytes(drawn.pixels));
  });

  it("are refused with a reason where they cannot be read", async () => {
    const reasonOf = (data: Uint8Array) => refusal(() => decodeImage(data, "some/image"));
    expect(await reasonOf(fixture("cmyk.jpeg"))).toMatch(/^some\/image: .*CMYK.*RGB/);
    expect(await reasonOf(new Uint8Array(0))).toMatch(/an empty file/);
    expect(await reasonOf(Buffer.from("GIF89a"))).toMatch(/no JPEG or PNG image/);
    expect(await reasonOf(fixture("0-420.jpg").subarray(0, 700))).toMatch(/cut off/);
    expect(await reasonOf(fixture("0-rgb.png").subarray(0, 700))).toMatch(/cut off/);
    const damaged = fixture("0-rgb.png");
    damaged[100]! ^= 1;
    expect(await reasonOf(damaged)).toMatch(/checksum of IDAT/);
  });

  it("are refused before they are unpacked where they claim to be huge", async () => {
    const jpeg = fixture("0-420.jpg");
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(60_000, frame + 5);
    jpeg.writeUInt16BE(60_000, frame + 7);
    expect(await refusal(() => decodeImage(jpeg, "x"))).toMatch(/60000 x 60000 pixels, more than 64 megapixels/);
  });

  it("are read from the same decoder after one was refused", async () => {
    const [drawn] = readDrawn(FIXTURES);
    const damaged = fixture(drawn!.file);
    // A Huffman table that cannot be: libjpeg leaves by exit().
    damaged.fill(0xff, damaged.indexOf(Buffer.from([0xff, 0xc4])) + 5, damaged.indexOf(Buffer.from([0xff, 0xc4])) + 21);
    expect(await refusal(() => decodeImage(damaged, "x"))).toMatch(/damaged/);
    expect(await preparedFile(FIXTURES, drawn!)).toEqual(bytes(drawn!.pixels));
  });
});

describe.skipIf(python === undefined)("PIL and torchvision, on images drawn now", () => {
  const folder = () => {
    const out = folderOf({});
    const { status, stderr } = spawnSync(python!, ["-W", "ignore", fileURLToPath(new URL("./draw.py", import.meta.url)), out], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return out;
  };

  it("agree: every pixel of resized and cropped images, and every normalised value", { timeout: 600_000 }, async () => {
    const out = folder();
    const all = readDrawn(out);
    expect(all.length).toBeGreaterThan(100);
    const different: string[] = [];
    for (const drawn of all) {
      const pixels = await preparedFile(out, drawn);
      if (Buffer.compare(pixels, bytes(drawn.pixels)) !== 0) different.push(`${drawn.file}: pixels`);
      if (largestDifference(pixels, drawn) > 1e-6) different.push(`${drawn.file}: tensor`);
    }
    expect(different).toEqual([]);
  });
});

function largestDifference(pixels: Uint8Array, { tensor }: Drawn): number {
  const own = new Float32Array(pixels.length);
  normaliseInto(own, 0, pixels, normalisation(OPTIONS.preprocessing));
  const other = new Float32Array(bytes(tensor!).buffer);
  expect(other).toHaveLength(own.length);
  return own.reduce((largest, value, i) => Math.max(largest, Math.abs(value - other[i]!)), 0);
}
