import { deflateSync, inflateSync } from "node:zlib";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { withPalette } from "../e2e/harness/palette.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** An RGB picture of `colours`, one pixel each in a row, as PNG without a filter. */
function picture(colours: readonly (readonly [number, number, number])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(colours.length, 0);
  header.writeUInt32BE(1, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    return Buffer.concat([size, Buffer.from(type, "latin1"), data, Buffer.alloc(4)]);
  };
  return Buffer.concat([Buffer.alloc(8), chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.from([0, ...colours.flat()]))), chunk("IEND", Buffer.alloc(0))]);
}

/** The colours of a picture of one row with a palette. */
function coloursOf(png: Buffer): number[][] {
  const at = (type: string) => png.indexOf(type, 0, "latin1");
  const data = (type: string) => png.subarray(at(type) + 4, at(type) + 4 + png.readUInt32BE(at(type) - 4));
  const palette = data("PLTE");
  return [...inflateSync(data("IDAT")).subarray(1)].map((i) => [...palette.subarray(3 * i, 3 * i + 3)]);
}

it("a picture of few colours keeps each of them", () => {
  const colours = Array.from({ length: 256 }, (_, i) => [i, 255 - i, (i * 7) % 256] as const);
  expect(coloursOf(withPalette(picture(colours)))).toEqual(colours);
});

it("of more than 256 colours, the rare ones become the nearest frequent one", () => {
  const frequent = Array.from({ length: 256 }, (_, i) => [i, i, i] as const);
  const colours = [...frequent, ...frequent, [100, 101, 100] as const];
  expect(coloursOf(withPalette(picture(colours))).at(-1)).toEqual([100, 100, 100]);
});

it("screenshots become smaller; what is no screenshot is refused", () => {
  const file = readFileSync(path.join(root, "media/readme/result-dark.png"));
  expect(withPalette(file).length).toBeLessThan(0.6 * file.length);
  const grey = Buffer.from(picture([[1, 2, 3]]));
  grey[25] = 0;
  expect(() => withPalette(grey)).toThrow("no screenshot");
});
