import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inspectData, openData } from "../../../src/worker/data/index.js";
import { fixture, folderOf, OPTIONS, preparedFile, readDrawn, refusal, FIXTURES } from "./helpers.js";

const IMAGE = fixture("0-420.jpg");
const good = {
  "validation/disc/1.jpg": IMAGE,
  "validation/ring/b.PNG": fixture("0-rgb.png"),
  "validation/ring/a.jpeg": fixture("0-grey.jpg"),
  "validation/star/deep/er.jpg": IMAGE,
  "calibration/x.jpg": IMAGE,
  "calibration/disc/y.png": fixture("0-rgb.png"),
};

describe("data as folders of images", () => {
  it("finds what torchvision's ImageFolder finds, and passes over what is no image", async () => {
    const root = folderOf({ ...good, "validation/ring/.DS_Store": "x", "validation/ring/._a.jpeg": "x", "validation/ring/notes.txt": "x", "validation/readme.md": "x", "validation/.git/x.jpg": "x", "README.md": "x" });
    const card = await inspectData(root);
    expect(card).toMatchObject({ validation: 4, calibration: 2, classes: ["disc", "ring", "star"], form: "images" });
    expect(card.digest).toBe((await inspectData(folderOf(good))).digest);
    expect(card.digest).not.toBe((await inspectData(folderOf({ ...good, "validation/disc/1.jpg": fixture("0-progressive.jpg") }))).digest);
  });

  it("sorts classes by code point", async () => {
    const names = ["Z", "a", "é", "\uFF5E", "\u{1F600}"];
    const files = Object.fromEntries([...names].reverse().map((name) => [`validation/${name}/1.jpg`, IMAGE]));
    expect((await inspectData(folderOf({ ...files, "calibration/1.jpg": IMAGE }))).classes).toEqual(names);
  });

  it("gives images of known pixels their labels", async () => {
    const options = { ...OPTIONS, preprocessing: { mean: [0, 0, 0] as [number, number, number], std: [1, 1, 1] as [number, number, number], cropShare: 0.8 }, resolution: 12 };
    const { part } = await openData(folderOf({ ...good, "validation/star/deep/er.jpg": fixture("0-progressive.jpg") }), options);
    const set = part("validation", null, 5);
    const batch = await set.batch(0, 4);
    const size = 3 * 144;
    const expected = await Promise.all(["0-420.jpg", "0-grey.jpg", "0-rgb.png", "0-progressive.jpg"].map((file) => preparedFile(FIXTURES, readDrawn(FIXTURES).find((drawn) => drawn.file === file)!)));
    const labels = [0, 1, 1, 2];
    const found = Array.from({ length: 4 }, (_, i) => {
      // Back from [3, R, R] to bytes [R, R, 3].
      const image = batch.subarray(i * size, (i + 1) * size);
      const bytes = Uint8Array.from({ length: size }, (_, j) => Math.round(image[(j % 3) * 144 + Math.floor(j / 3)]! * 255));
      const which = expected.findIndex((other) => Buffer.compare(other, bytes) === 0);
      expect(labels[which]).toBe(set.labels![i]);
      return which;
    });
    expect(found.sort()).toEqual([0, 1, 2, 3]);
  });

  it("accepts `val`, and training images where there are none for calibration", async () => {
    const card = await inspectData(folderOf({ "val/a/1.jpg": IMAGE, "val/b/1.jpg": IMAGE, "train/a/1.jpg": IMAGE }));
    expect(card).toMatchObject({ validation: 2, calibration: 1, classes: ["a", "b"] });
  });

  it("takes arrays for one part and images for the other", async () => {
    const card = await inspectData(folderOf({ "validation.npz": fixture("stored.npz"), "calibration/1.jpg": IMAGE }));
    expect(card).toMatchObject({ validation: 6, calibration: 1, form: "tensors" });
  });

  const broken: [string, Record<string, Uint8Array | string>, RegExp][] = [
    ["a class without images", { "validation/x/notes.txt": "" }, /validation\/x: a class without images/],
    ["other classes than the space has", { "validation/x/1.jpg": IMAGE }, /found 4 classes, expected 3/],
    ["images of a format that is not read", { "validation/ring/c.webp": "" }, /c\.webp: an image of a format that is not read/],
    ["two validation folders", { "val/x/1.jpg": IMAGE }, /more than one place .*validation, val/],
  ];
  it.each(broken)("refuses %s", async (_, files, message) => {
    expect(await refusal(() => openData(folderOf({ ...good, ...files }), OPTIONS))).toMatch(message);
  });

  it("refuses folders that lack what is needed", async () => {
    expect(await refusal(() => inspectData(folderOf({ "calibration/1.jpg": IMAGE })))).toMatch(/validation images are missing/);
    expect(await refusal(() => inspectData(folderOf({ "validation/a/1.jpg": IMAGE })))).toMatch(/calibration images are missing/);
    expect(await refusal(() => inspectData(folderOf({ "validation/1.jpg": IMAGE, "train/1.jpg": IMAGE })))).toMatch(/validation: no class folders/);
    expect(await refusal(() => inspectData(folderOf({ validation: "", "train/1.jpg": IMAGE })))).toMatch(/validation: no folder/);
    expect(await refusal(() => inspectData(folderOf({ "validation/a/1.jpg": IMAGE, "train/1.txt": "" })))).toMatch(/train: no images/);
  });

  it("names an image that cannot be read", async () => {
    const { part } = await openData(folderOf({ ...good, "validation/ring/a.jpeg": fixture("0-grey.jpg").subarray(0, 300) }), OPTIONS);
    expect(await refusal(() => part("validation", null, 1).batch(0, 4))).toMatch(/validation\/ring\/a\.jpeg: .*cut off\. Replace the image/);
  });

  it("follows links inside the folder, and refuses those that lead out or round", async () => {
    const root = folderOf(good);
    symlinkSync("../ring/b.PNG", join(root, "validation/disc/link.png"));
    symlinkSync("validation/star", join(root, "train"));
    expect(await inspectData(root)).toMatchObject({ validation: 5 });
    symlinkSync("..", join(root, "validation/disc/up"));
    expect(await refusal(() => inspectData(root))).toMatch(/a link leads back to a folder above it/);
    const other = folderOf(good);
    symlinkSync(join(root, "validation/disc/1.jpg"), join(other, "validation/disc/2.jpg"));
    expect(await refusal(() => inspectData(other))).toMatch(/2\.jpg: a link leads out of the data folder/);
    const third = folderOf({ "train/1.jpg": IMAGE });
    symlinkSync(join(root, "validation"), join(third, "validation"));
    expect(await refusal(() => inspectData(third))).toMatch(/validation: a link leads out of the data folder/);
    const whole = join(third, "linked");
    mkdirSync(whole);
    symlinkSync(folderOf(good), join(whole, "data"));
    expect(await inspectData(join(whole, "data"))).toMatchObject({ validation: 4 });
  });
});
