import { resolve } from "node:path";
import { CODE_FORMATS, codeText, PROJECT_KINDS, projectFiles, type CodeFormat, type ProjectKind } from "../../codegen/index.js";
import { makeFolder } from "../../runs/newFolder.js";
import { CONFIG_FORMATS, configText, readSpace, type ConfigFormat } from "../../shared/files/index.js";
import { PrecisionSchema } from "../../shared/measure.js";
import { EXIT, UsageError, type Answer, type Command, type Context, type Options, type OptionSpec } from "../command.js";
import { programVersion, readTemplate, writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { count } from "../text/numbers.js";
import { CONFIG, readConfigAndSpace } from "./shared.js";
import { MAKING, MATERIAL, readMaking, readMaterial } from "./supernet.js";

/** Formats that are a folder: `pytorch-project`. */
const PROJECTS = PROJECT_KINDS.map((kind) => `${kind}-project` as const);
const FORMATS = [...CONFIG_FORMATS, ...CODE_FORMATS, "onnx", "safetensors", ...PROJECTS] as const;

/** Options of models only. */
const MODEL_OPTIONS = ["precision", "seed"] as const;
/** Options of weights that come out of a supernet. */
const WEIGHTS = { data: { ...MATERIAL.data, required: false, help: "with --supernet: data to recalibrate batch-norm on" }, ...MAKING } satisfies Record<string, OptionSpec>;

/** A config, checked against its space and written in another format. */
export const exportConfig: Command = {
  name: "export",
  summary: "checks an architecture config and writes it as JSON, YAML, a Python dict in Once-for-All's layout, PyTorch or Keras code, an ONNX model, a PyTorch state dict, or a whole project that trains it",
  options: {
    ...CONFIG,
    format: { value: FORMATS.join("|"), help: "format to write", required: true },
    out: { value: "FILE|DIR", help: "file to write; for a project a new folder", required: true },
    precision: { value: PrecisionSchema.options.join("|"), help: "onnx: precision of the model; default fp32" },
    seed: { value: "N", help: "seed of random weights, or of the order of the calibration images; default 1" },
    supernet: { ...MATERIAL.supernet, required: false, help: "onnx, safetensors: takes the weights out of this supernet" },
    ...WEIGHTS,
  },
  async run(options, context) {
    const format = options.choice("format", FORMATS);
    if (format === "onnx" || format === "safetensors") {
      if (options.get("supernet") !== undefined) return exportSubnet(options, context, format);
      const stray = Object.keys(WEIGHTS).find((name) => options.get(name) !== undefined);
      if (stray !== undefined) throw new UsageError(`--${stray} is for weights of a --supernet`);
      if (format === "safetensors") throw new UsageError("--supernet FILE is missing: a state dict holds its weights");
      return exportModel(options, context);
    }
    const misplaced = [...MODEL_OPTIONS, "supernet", ...Object.keys(WEIGHTS)].find((name) => options.get(name) !== undefined);
    if (misplaced !== undefined) throw new UsageError(`--${misplaced} belongs to --format onnx; a config written as ${format} has none`);
    const project = PROJECT_KINDS.find((kind) => format === `${kind}-project`);
    if (project !== undefined) return exportProject(options, context, project);
    return exportText(options, context, format as ConfigFormat | CodeFormat);
  },
};

async function exportText(options: Options, context: Context, format: ConfigFormat | CodeFormat): Promise<Answer> {
  const { config, parsed, space } = await readConfigAndSpace(options);
  await doJob<"validate">({ kind: "validate", config, space }, context);
  const out = options.need("out");
  const code = CODE_FORMATS.find((known) => known === format);
  const text = code === undefined ? configText(parsed, format as ConfigFormat) : codeText(parsed, readSpace(space), code, { file: config.name, version: programVersion() });
  const written = await writeOutput(out, text);
  return { exitCode: EXIT.done, json: written, text: `Written to ${out} (${written.bytes} bytes)\n` };
}

/** A folder with everything that training needs; one that exists is refused unless it is empty. */
async function exportProject(options: Options, context: Context, kind: ProjectKind): Promise<Answer> {
  const { config, parsed, space } = await readConfigAndSpace(options);
  await doJob<"validate">({ kind: "validate", config, space }, context);
  const files = projectFiles(parsed, readSpace(space), kind, { file: config.name, version: programVersion() }, await readTemplate(kind));
  const out = options.need("out");
  await makeFolder(resolve(out), files);
  const names = files.map(({ name }) => name);
  return { exitCode: EXIT.done, json: { path: resolve(out), files: names }, text: `Written to ${out}: ${names.join(", ")}\n` };
}

async function exportModel(options: Options, context: Context): Promise<Answer> {
  const precision = options.get("precision") === undefined ? "fp32" : options.choice("precision", PrecisionSchema.options);
  const seed = options.numberOr("seed", 1, { min: 0, max: 0xffff_ffff, integer: true });
  const { config, parsed, space } = await readConfigAndSpace(options);
  const { model, ...facts } = await doJob<"onnx">({ kind: "onnx", config, space, precision, seed, version: programVersion() }, context);
  const out = options.need("out");
  const written = await writeOutput(out, Buffer.from(model, "base64"));
  const { resolution } = parsed;
  const { parameters, multiplyAdds, opset, weights } = facts;
  const text = [
    `Written to ${out} (${count(written.bytes)} bytes): ONNX operator set ${opset}, ${precision}, input [1, 3, ${resolution}, ${resolution}].`,
    `${(parameters / 1e6).toFixed(2)} million parameters, ${(multiplyAdds / 1e6).toFixed(0)} million multiply-adds an image.`,
    `Its weights are ${weights}: good for timing, not for classifying. The file's metadata says so.`,
    "",
  ].join("\n");
  return { exitCode: EXIT.done, json: { ...facts, ...written, precision, resolution }, text };
}

/** A model or state dict with the weights that the config's subnet inherits. */
async function exportSubnet(options: Options, context: Context, format: "onnx" | "safetensors"): Promise<Answer> {
  if (options.get("data") === undefined) throw new UsageError("--data DIR is missing, which --supernet needs: batch-norm is recalibrated on it");
  if (format === "safetensors" && options.get("precision") !== undefined) throw new UsageError("--precision belongs to --format onnx; a state dict is float32");
  const precision = options.get("precision") === undefined ? "fp32" : options.choice("precision", PrecisionSchema.options);
  const { config, parsed, space } = await readConfigAndSpace(options);
  const { cards, ...material } = await readMaterial(options, space, context);
  const request = { kind: "subnet" as const, config, space, ...material, ...readMaking(options, cards.data.calibration), format, precision, version: programVersion() };
  const { model, ...facts } = await doJob<"subnet">(request, context);
  const out = options.need("out");
  const written = await writeOutput(out, Buffer.from(model, "base64"));
  const { resolution } = parsed;
  const what = format === "onnx" ? `ONNX, ${precision}, input [1, 3, ${resolution}, ${resolution}]` : "a PyTorch state dict, float32";
  const text = [
    `Written to ${out} (${count(written.bytes)} bytes): ${what}.`,
    `${(facts.parameters / 1e6).toFixed(2)} million parameters, ${(facts.multiplyAdds / 1e6).toFixed(0)} million multiply-adds an image.`,
    `Weights: ${facts.weights}.`,
    "",
  ].join("\n");
  return { exitCode: EXIT.done, json: { ...facts, ...written, format, precision, resolution }, text };
}
