import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { check, formatShapes, hasTorch, KIT, python, readHeader, readSpace, ROOT, SAMPLE_SPACE, succeed } from "./kit.js";

const SPACES = [SAMPLE_SPACE, ...readdirSync(join(ROOT, "media/spaces")).map((name) => join(ROOT, "media/spaces", name))];

/** Training of a few steps on 24 images. */
const TINY = ["--device", "cpu", "--batch", "6", "--warmup", "2", "--log-every", "1"];

describe("the training kit's files", () => {
  it("stay short enough to be read", () => {
    const files = readdirSync(KIT).filter((name) => name.endsWith(".py"));
    expect(files).toContain("train.py");
    const long = files.filter((name) => readFileSync(join(KIT, name), "utf8").split("\n").length > 200);
    expect(long).toEqual([]);
  });

  it("import nothing but PyTorch, torchvision, NumPy, Pillow and Python's own modules", () => {
    const files = readdirSync(KIT).filter((name) => name.endsWith(".py"));
    const imports = files.flatMap((name) => [...readFileSync(join(KIT, name), "utf8").matchAll(/^(?:import|from) ([a-z_A-Z]+)/gm)].map((match) => match[1]!));
    const own = files.map((name) => name.slice(0, -3));
    const python = ["argparse", "dataclasses", "json", "math", "os", "pathlib", "random", "socket", "struct", "subprocess", "sys", "time", "zipfile"];
    expect([...new Set(imports)].filter((name) => ![...own, ...python, "torch", "torchvision", "numpy", "PIL"].includes(name))).toEqual([]);
  });
});

describe.runIf(hasTorch)("the elastic network", () => {
  const folder = mkdtempSync(join(tmpdir(), "foxnas-kit-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(SPACES.map((path) => [basename(path), path]))("makes the logits of the plain network with the sliced state dict: %s", (_, path) => {
    const { worst, nearest, subnets } = check("elastic", path, "6") as { worst: number; nearest: number; subnets: number };
    expect(subnets).toBe(8);
    expect(worst).toBeLessThanOrEqual(1e-5);
    expect(nearest).toBeGreaterThan(1e-4);
  });

  it("knows blocks without an expanding convolution, ratios between whole numbers, and a single kernel size", () => {
    const space = readSpace(SAMPLE_SPACE);
    const [first, second, third] = space.stages;
    const odd = {
      ...space,
      first: { ...space.first, width: 20, expand: 2.5, squeezeExcite: true },
      stages: [
        { ...first, expand: [1, 2.5, 6], squeezeExcite: true },
        { ...second, kernel: [5] },
        { ...third, expand: [1], kernel: [3, 7, 9] },
      ],
    };
    const path = join(folder, "odd.space.json");
    writeFileSync(path, JSON.stringify(odd));
    const { worst, nearest } = check("elastic", path, "10") as { worst: number; nearest: number };
    expect(worst).toBeLessThanOrEqual(1e-5);
    expect(nearest).toBeGreaterThan(1e-4);
    const names = check("names", path) as Record<string, number[]>;
    expect(names).toEqual(Object.fromEntries(formatShapes(readSpace(path))));
    expect(names["stages.2.blocks.0.depthwise.transforms.7to3"]).toEqual([9, 9]);
    expect(Object.keys(names).filter((name) => name.includes("stages.2") && name.includes(".expand."))).toEqual([]);
  });

  it("normalises by the batch while training, keeps no statistics, and trains only what the subnet uses", () => {
    const { difference, statisticsKept, withoutGradient } = check("training", SAMPLE_SPACE) as {
      difference: number;
      statisticsKept: boolean;
      withoutGradient: string[];
    };
    expect(difference).toBeLessThan(1e-4);
    expect(statisticsKept).toBe(true);
    // The largest subnet needs no smaller kernels, and everything else.
    expect(withoutGradient.filter((name) => !name.includes(".transforms."))).toEqual([]);
    expect(withoutGradient).toHaveLength(18);
  });

  it("makes kernels smaller as the format says", () => {
    expect(check("kernels")).toBeLessThan(1e-12);
  });
});

describe.runIf(hasTorch)("recalibration", () => {
  it("averages the batches' means and unbiased variances, and leaves the network as it was", () => {
    const result = check("recalibration", SAMPLE_SPACE) as { worst: number; layers: number; bounds: unknown; momenta: number[]; training: boolean };
    expect(result.worst).toBeLessThan(1e-5);
    expect(result.layers).toBeGreaterThan(10);
    expect(result).toMatchObject({ bounds: [[0, 8], [8, 16], [16, 25]], momenta: [0.1], training: false });
  });
});

describe.runIf(hasTorch)("data", () => {
  it("is taken as it is from normalised arrays, whose side and labels have to fit", () => {
    const folder = mkdtempSync(join(tmpdir(), "foxnas-kit-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    expect(check("arrays", join(folder, "data"))).toEqual({
      same: true,
      refused: [
        expect.stringContaining("found images float32 [4, 3, 8, 8], expected uint8 [N, H, W, 3] or float32 [N, 3, 16, 16]"),
        expect.stringContaining("found 4 labels 0..2, expected 4 from 0 to 1"),
      ],
    });
  });

  it("is resized and cut as Pillow does it", () => {
    const { shape, worst } = check("geometry") as { shape: number[]; worst: number };
    expect(shape).toEqual([3, 32, 32]);
    expect(worst).toBeLessThan(1e-5);
  });
});

describe.runIf(hasTorch)("training", () => {
  let folder = "";
  const at = (...names: string[]) => join(folder, ...names);
  const train = (data: string, out: string, steps: number, ...more: string[]) =>
    succeed("train.py", SAMPLE_SPACE, at("data", data), "--out", at(out), "--steps", String(steps), ...TINY, ...more);
  const compare = (a: string, b: string) =>
    check("same", at(a, "checkpoint.pt"), at(b, "checkpoint.pt")) as { steps: number[]; weights: number; momentsOfSame: boolean; difference: number; moved: number };

  beforeAll(() => {
    if (!hasTorch) return;
    folder = mkdtempSync(join(tmpdir(), "foxnas-kit-"));
    check("tiny_data", SAMPLE_SPACE, at("data"));
  });
  afterAll(() => {
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  it("reads the same images from arrays and from folders", () => {
    const classes = Array.from({ length: 10 }, (_, i) => `class${i}`);
    expect(check("parts", SAMPLE_SPACE, at("data"))).toEqual({ validation: true, train: true, calibration: [3, 32, 32], classes });
  });

  it.each(["arrays", "files"])("of %s resumes to the weights of an unbroken run", (kind) => {
    train(kind, `${kind}-whole`, 5);
    expect(train(kind, `${kind}-parts`, 5, "--stop-after", "2")).toContain("steps 0 to 2");
    expect(train(kind, `${kind}-parts`, 5)).toContain("steps 2 to 5");
    const both = compare(`${kind}-whole`, `${kind}-parts`);
    expect(both).toMatchObject({ steps: [5, 5], momentsOfSame: true, difference: 0 });
    expect(both.moved).toBeGreaterThan(1e-3);
  });

  it("by two processes resumes to the weights of an unbroken run, which are not those of one process", () => {
    train("arrays", "two-whole", 3, "--processes", "2");
    train("arrays", "two-parts", 3, "--processes", "2", "--stop-after", "1");
    train("arrays", "two-parts", 3, "--processes", "2");
    expect(compare("two-whole", "two-parts")).toMatchObject({ steps: [3, 3], difference: 0 });
    train("arrays", "one", 3);
    expect(compare("two-whole", "one").difference).toBeGreaterThan(0);
  });

  it("starts from another run's weights", () => {
    train("arrays", "first", 3);
    const { stderr, status } = python("train.py", SAMPLE_SPACE, at("data/arrays"), "--out", at("next"), "--steps", "1", "--lr", "0", "--start-from", at("first/checkpoint.pt"), ...TINY);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    // A learning rate of 0 leaves them alone.
    expect(compare("first", "next")).toMatchObject({ steps: [3, 1], weights: 0 });
  });

  it("averages gradients over processes", () => {
    const lines = succeed(join(ROOT, "test/kit/checks.py"), "launched").trim().split("\n");
    const ranks = lines.map((line) => JSON.parse(line) as { rank: number });
    expect(ranks.sort((a, b) => a.rank - b.rank)).toEqual([0, 1].map((rank) => ({ rank, gradient: [1.5], bias: null })));
  });

  it("refuses to go on with other settings, and says which", () => {
    train("arrays", "settings", 4, "--stop-after", "1");
    const { status, stderr } = python("train.py", SAMPLE_SPACE, at("data/arrays"), "--out", at("settings"), "--steps", "4", ...TINY, "--lr", "0.1");
    expect(status).toBe(1);
    expect(stderr).toMatch(/made with other settings \(lr: 0\.003 there, 0\.1 here\)/);
  });

  it("says what is wrong with the data", () => {
    mkdirSync(at("empty"));
    const fail = (program: string, ...args: string[]) => {
      const { status, stderr } = python(program, ...args);
      expect(status).toBe(1);
      return stderr.trim();
    };
    expect(fail("train.py", SAMPLE_SPACE, at("empty"), "--out", at("none"))).toContain("found no train part, expected train.npz, train.images.npy or a folder train");
    mkdirSync(at("few/train/cat"), { recursive: true });
    writeFileSync(at("few/train/cat/a.png"), "not an image");
    expect(fail("train.py", SAMPLE_SPACE, at("few"), "--out", at("none"))).toContain("found 1 class folders, expected the 10 classes of the space");
    expect(fail("train.py", at("nothing.json"), at("empty"), "--out", at("none"))).toContain("nothing.json: cannot be read");
    writeFileSync(at("odd.json"), JSON.stringify({ ...readSpace(SAMPLE_SPACE), widthMultiple: 0 }));
    expect(fail("train.py", at("odd.json"), at("empty"), "--out", at("none"))).toContain("widthMultiple: found 0, expected a whole number from 1 to 64");
  });

  describe("and its export", () => {
    const file = () => at("exported.safetensors");
    beforeAll(() => {
      if (!hasTorch) return;
      train("arrays", "export", 2);
      succeed("export.py", SAMPLE_SPACE, at("export/checkpoint.pt"), at("data/arrays"), file());
    });

    it("has exactly the tensors of the format, and says so", () => {
      const { metadata, shapes, types } = readHeader(file());
      expect(Object.fromEntries(shapes)).toEqual(Object.fromEntries(formatShapes(readSpace(SAMPLE_SPACE))));
      expect(metadata).toMatchObject({ "foxnas.supernet": "1", "foxnas.space": "shapes" });
      expect(types).toEqual(new Set(["F32"]));
    });

    it("in float16 takes half the room", () => {
      succeed("export.py", SAMPLE_SPACE, at("export/checkpoint.pt"), at("data/arrays"), at("half.safetensors"), "--half");
      const { shapes, types } = readHeader(at("half.safetensors"));
      expect(shapes).toEqual(readHeader(file()).shapes);
      expect(types).toEqual(new Set(["F16"]));
    });

    it("is measured by evaluate.py", () => {
      const lines = succeed("evaluate.py", SAMPLE_SPACE, file(), at("data/arrays"), "--random", "1").trim().split("\n");
      expect(lines).toHaveLength(4);
      expect(lines.slice(1).map((line) => line.split(/ {2,}/)[0])).toEqual(["smallest", "largest", "random 1"]);
    });

    it("loads strictly into the plain network: a missing or misshapen tensor is refused", () => {
      const stages = readSpace(SAMPLE_SPACE).stages.map(({ width }) => ({ width, blocks: [{ expand: 3, kernel: 5 }] }));
      writeFileSync(at("config.json"), JSON.stringify({ version: 1, space: "shapes", resolution: 32, stages }));
      expect(succeed("subnet.py", at("config.json"), SAMPLE_SPACE, file())).toContain("a supernet, and they fit");
      const names = check("state_dict", SAMPLE_SPACE, file(), at("config.json"), at("subnet.safetensors")) as string[];
      expect(names.filter((name) => name.includes("transforms") || name.includes("tracked"))).toEqual([]);
      expect(succeed("subnet.py", at("config.json"), SAMPLE_SPACE, at("subnet.safetensors"))).toContain("the weights of one network, and they fit");
      check("without", at("subnet.safetensors"), "stages.1.blocks.0.squeeze.reduce.bias", at("lacking.safetensors"));
      const { status, stderr } = python("subnet.py", at("config.json"), SAMPLE_SPACE, at("lacking.safetensors"));
      expect(status).not.toBe(0);
      expect(stderr).toContain('Missing key(s) in state_dict: "stages.1.blocks.0.squeeze.reduce.bias"');
    });

    it("is read back as it was written, in every type", () => {
      expect(check("safetensors", at("types.safetensors"))).toEqual({ same: true, count: 5, metadata: { note: "ä" } });
    });
  });
});
