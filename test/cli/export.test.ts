import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { modelOf } from "../unit/onnx/decode.js";
import { writeConfig } from "./configs.js";
import { loadModel } from "./loadModel.js";
import { cli, file, json } from "./program.js";

interface Exported {
  path: string;
  bytes: number;
  digest: string;
  parameters: number;
  multiplyAdds: number;
  weights: string;
}

const SUPPORTED = ["linux-x64", "linux-arm64", "win32-x64", "win32-arm64", "darwin-arm64"].includes(`${process.platform}-${process.arch}`);
if (!SUPPORTED) console.warn("!! NOT TESTED: there is no onnxruntime for this platform, so no exported model is loaded.");

const CONFIG = writeConfig("net.foxnas.json");
const exported = (out: string, ...args: string[]) => json<Exported>(0, "export", "--config", CONFIG, "--format", "onnx", "--out", out, ...args);

describe("export --format python, pytorch, keras", () => {
  it.each([
    ["python", '    "d": [2, 2, 2, 2, 2],'],
    ["pytorch", "class Net(nn.Module):"],
    ["keras", 'name="net")'],
  ])("%s: one file, the same again", async (format, line) => {
    const write = (out: string) => json<Pick<Exported, "path" | "bytes">>(0, "export", "--config", CONFIG, "--format", format, "--out", out);
    const [first, again] = await Promise.all([write(`${format}.py`), write(`${format}-again.py`)]);
    const content = readFileSync(first.path);
    expect(content.length).toBe(first.bytes);
    expect(readFileSync(again.path).equals(content)).toBe(true);
    const text = content.toString("utf8");
    expect(text).toContain(line);
    expect(text).toContain(`Written by FOX-NAS ${(await cli("--version")).stdout.trim()} from net.foxnas.json.`);
  });

  it("counts as the ONNX model does", async () => {
    const { parameters, multiplyAdds } = await exported("counted.onnx");
    const { path } = await json<Exported>(0, "export", "--config", CONFIG, "--format", "pytorch", "--out", "counted.py");
    expect(readFileSync(path, "utf8")).toContain(`# ${parameters.toLocaleString("en-US")} parameters, ${multiplyAdds.toLocaleString("en-US")} multiply-adds an image.`);
  });

  it("refuses an architecture outside its space, and weights", async () => {
    const bad = await cli("export", "--config", writeConfig("outside.foxnas.json", { kernel: 4 }), "--format", "keras", "--out", "never.py");
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain("stages[0].blocks[0].kernel");
    const weights = await cli("export", "--config", CONFIG, "--format", "pytorch", "--supernet", "s", "--out", "never.py");
    expect(weights.code).toBe(2);
    expect(weights.stderr).toContain("--supernet belongs to --format onnx");
    expect(existsSync(file("never.py"))).toBe(false);
  });
});

describe("export --format pytorch-project, keras-project", () => {
  it.each(["pytorch", "keras"])("%s: a new folder with all that training needs", async (kind) => {
    const { path, files } = await json<{ path: string; files: string[] }>(0, "export", "--config", CONFIG, "--format", `${kind}-project`, "--out", `${kind}-project`);
    expect(readdirSync(path).sort()).toEqual(files);
    expect(files).toEqual(["README.md", "data.py", "export.py", "model.py", "net.foxnas.json", "requirements.txt", "train.py"]);
    const { path: model } = await json<Exported>(0, "export", "--config", CONFIG, "--format", kind, "--out", `${kind}-alone.py`);
    expect(readFileSync(`${path}/model.py`).equals(readFileSync(model))).toBe(true);
    const again = await cli("export", "--config", CONFIG, "--format", `${kind}-project`, "--out", `${kind}-project`);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("something is there already, and nothing was written");
    const misplaced = await cli("export", "--config", CONFIG, "--format", `${kind}-project`, "--out", "never", "--precision", "int8");
    expect(misplaced.stderr).toContain("--precision belongs to --format onnx");
    expect(existsSync(file("never"))).toBe(false);
  });
});

describe("export --format onnx", () => {
  it("writes fp32 and int8 models that say what they are", async () => {
    const fp32 = await exported("fp32.onnx");
    const int8 = await exported("int8.onnx", "--precision", "int8", "--seed", "7");
    for (const { path, bytes, digest } of [fp32, int8]) {
      const content = readFileSync(path);
      expect(content.length).toBe(bytes);
      expect(createHash("sha256").update(content).digest("hex")).toBe(digest);
    }
    expect(int8.bytes).toBeLessThan(fp32.bytes / 2);
    expect(int8.parameters).toBe(fp32.parameters);
    expect(fp32.weights).toBe("random, seed 1");
    const { metadata } = modelOf(readFileSync(int8.path));
    expect(metadata).toMatchObject({ "foxnas.weights": "random (He normal, seed 7)", "foxnas.precision": "int8", "foxnas.tool": "FOX-NAS" });
    expect(metadata["foxnas.version"]).toBe((await cli("--version")).stdout.trim());
    const { resolution, stages } = JSON.parse(readFileSync(file(CONFIG), "utf8")) as { resolution: number; stages: unknown };
    expect(JSON.parse(metadata["foxnas.architecture"]!)).toEqual({ version: 1, space: "foxnas-cpu", resolution, stages });
  });

  it("writes the same bytes for the same seed, and tells people that weights are random", async () => {
    const [first, again, other] = await Promise.all([exported("a.onnx", "--seed", "3"), exported("b.onnx", "--seed", "3"), exported("c.onnx", "--seed", "4")]);
    expect(again.digest).toBe(first.digest);
    expect(other.digest).not.toBe(first.digest);
    const { code, stdout } = await cli("export", "--config", CONFIG, "--format", "onnx", "--out", "d.onnx", "--seed", "3");
    expect(code).toBe(0);
    expect(stdout).toContain("weights are random, seed 3");
    expect(readFileSync(file("d.onnx")).equals(readFileSync(first.path))).toBe(true);
  });

  it.runIf(SUPPORTED).each(["fp32", "int8"])("loads in onnxruntime: %s", async (precision) => {
    const { path } = await exported(`load-${precision}.onnx`, "--precision", precision);
    expect(await loadModel(path, 64)).toEqual({ inputs: ["input"], name: "logits", dims: [1, 1000], finite: true });
  });

  it.each([
    ["an unknown precision", ["--format", "onnx", "--precision", "int4"], '--precision: found "int4", expected fp32 or int8'],
    ["a precision of a text format", ["--format", "json", "--precision", "int8"], "--precision belongs to --format onnx"],
    ["a seed of a text format", ["--format", "yaml", "--seed", "1"], "--seed belongs to --format onnx"],
  ])("refuses %s", async (_, args, message) => {
    const { code, stdout, stderr } = await cli("export", "--config", CONFIG, ...args, "--out", "never.onnx");
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(existsSync(file("never.onnx"))).toBe(false);
  });

  it("refuses an architecture outside its space, by line and field", async () => {
    const bad = writeConfig("bad.foxnas.json", { expand: 5 });
    const { code, stderr } = await cli("export", "--config", bad, "--format", "onnx", "--out", "never.onnx");
    expect(code).toBe(2);
    expect(stderr).toContain("bad.foxnas.json:1");
    expect(stderr).toContain("stages[0].blocks[0].expand");
  });
});
