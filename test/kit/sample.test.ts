import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, formatShapes, hasTorch, readHeader, readSpace, ROOT, SAMPLE, SAMPLE_SPACE, succeed } from "./kit.js";

const SUPERNET = join(SAMPLE, "shapes.safetensors");
const DATA = join(SAMPLE, "data");
const FIXTURE = join(ROOT, "test/fixtures/shapes-logits.json");

interface Reference {
  readonly space: string;
  readonly supernet: string;
  readonly calibrationImages: number;
  readonly images: number;
  readonly subnets: readonly { readonly name: string; readonly stages: unknown; readonly before: number[][]; readonly after: number[][] }[];
}
const reference = JSON.parse(readFileSync(FIXTURE, "utf8")) as Reference;

describe("the sample", () => {
  it("has a valid space, with a name for each class", () => {
    const space = readSpace(SAMPLE_SPACE);
    expect(space.id).toBe("shapes");
    expect(readFileSync(join(DATA, "classes.txt"), "utf8").trimEnd().split("\n")).toHaveLength(space.classes);
  });

  it("has a supernet with every tensor of the format, and no other", () => {
    const { metadata, shapes } = readHeader(SUPERNET);
    expect(Object.fromEntries(shapes)).toEqual(Object.fromEntries(formatShapes(readSpace(SAMPLE_SPACE))));
    expect(metadata).toMatchObject({ "foxnas.supernet": "1", "foxnas.space": "shapes" });
  });

  it("is small enough to be part of the extension", () => {
    const sizes = [SUPERNET, join(DATA, "validation.npz"), join(DATA, "calibration.npz")].map((path) => statSync(path).size);
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(6e6);
  });

  it("is what the reference logits were made with", () => {
    expect(reference.supernet).toBe(createHash("sha256").update(readFileSync(SUPERNET)).digest("hex"));
    expect(reference).toMatchObject({ space: "shapes", images: 4, calibrationImages: 200 });
    expect(reference.subnets.map(({ name }) => name).slice(0, 2)).toEqual(["smallest", "largest"]);
    expect(reference.subnets).toHaveLength(8);
  });
});

describe.runIf(hasTorch)("the sample, by PyTorch", () => {
  it("has images of the size and number it says, which draw.py draws again", () => {
    const found = check("sample") as Record<string, unknown>;
    const array = { type: "uint8", redrawn: true, relabelled: true };
    expect(found["validation"]).toEqual({ ...array, shape: [2000, 32, 32, 3], different: 2000, perClass: Array.from({ length: 10 }, () => 200) });
    expect(found["calibration"]).toEqual({ ...array, shape: [500, 32, 32, 3], different: 500, perClass: null });
    expect(found["classes"]).toEqual(readFileSync(join(DATA, "classes.txt"), "utf8").trimEnd().split("\n"));
  });

  it("makes the reference logits again", () => {
    const again = JSON.parse(succeed(join(ROOT, "test/kit/reference.py"), SAMPLE_SPACE, SUPERNET, DATA)) as Reference;
    expect(again.subnets.map(({ name, stages }) => ({ name, stages }))).toEqual(reference.subnets.map(({ name, stages }) => ({ name, stages })));
    const logits = ({ subnets }: Reference) => subnets.flatMap(({ before, after }) => [...before, ...after].flat());
    const [ours, theirs] = [logits(again), logits(reference)];
    expect(ours).toHaveLength(8 * 2 * 4 * 10);
    // Another version of PyTorch may sum in another order.
    expect(Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!)))).toBeLessThan(1e-3);
  });

  it("has the accuracies that its README tells, and needs recalibration", () => {
    const told = [...readFileSync(join(SAMPLE, "README.md"), "utf8").matchAll(/^\| (smallest|largest) \|[^|]*\|[^|]*\| ([\d.]+) % \| ([\d.]+) % \|$/gm)];
    const lines = succeed("evaluate.py", SAMPLE_SPACE, SUPERNET, DATA, "--random", "0").trim().split("\n").slice(1);
    const measured = lines.map((line) => /^(\w+) .*?([\d.]+) % +([\d.]+) %$/.exec(line)!.slice(1));
    expect(told.map(([, name]) => name)).toEqual(["smallest", "largest"]);
    measured.forEach(([name, after, before], i) => {
      expect(told[i]![1]).toBe(name);
      expect(Math.abs(Number(after) - Number(told[i]![2])), `${name} recalibrated`).toBeLessThanOrEqual(0.3);
      expect(Math.abs(Number(before) - Number(told[i]![3])), `${name} as inherited`).toBeLessThanOrEqual(0.3);
    });
    expect(Number(measured[1]![1])).toBeGreaterThan(Number(measured[0]![1]) + 5);
    expect(Number(measured[0]![1])).toBeGreaterThan(Number(measured[0]![2]) + 5);
  });
});
