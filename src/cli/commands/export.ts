import { CONFIG_FORMATS, configText, type ConfigFormat } from "../../shared/files/index.js";
import { PrecisionSchema } from "../../shared/measure.js";
import { EXIT, UsageError, type Answer, type Command, type Context, type Options } from "../command.js";
import { programVersion, writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { count } from "../text/numbers.js";
import { CONFIG, readConfigAndSpace } from "./shared.js";

/** Formats of the contract that a later version writes. */
const LATER = ["python", "pytorch", "keras"];
const FORMATS = [...CONFIG_FORMATS, "onnx"] as const;

/** Options of one format only. */
const ONNX_OPTIONS = ["precision", "seed"] as const;

/** A config, checked against its space and written in another format. */
export const exportConfig: Command = {
  name: "export",
  summary: "checks an architecture config and writes it as JSON, YAML or an ONNX model",
  options: {
    ...CONFIG,
    format: { value: FORMATS.join("|"), help: "format to write", required: true },
    out: { value: "FILE", help: "file to write", required: true },
    precision: { value: PrecisionSchema.options.join("|"), help: "onnx: precision of the model; default fp32" },
    seed: { value: "N", help: "onnx: seed of the weights, which are random; default 1" },
  },
  async run(options, context) {
    const named = options.need("format");
    if (LATER.includes(named)) throw new UsageError(`--format ${named} is not in this version, which writes ${FORMATS.join(", ")}`);
    const format = options.choice("format", FORMATS);
    if (format === "onnx") return exportModel(options, context);
    const misplaced = ONNX_OPTIONS.find((name) => options.get(name) !== undefined);
    if (misplaced !== undefined) throw new UsageError(`--${misplaced} belongs to --format onnx; a config written as ${format} has none`);
    return exportText(options, context, format);
  },
};

async function exportText(options: Options, context: Context, format: ConfigFormat): Promise<Answer> {
  const { config, parsed, space } = await readConfigAndSpace(options);
  await doJob<"validate">({ kind: "validate", config, space }, context);
  const out = options.need("out");
  const written = await writeOutput(out, configText(parsed, format));
  return { exitCode: EXIT.done, json: written, text: `Written to ${out} (${written.bytes} bytes)\n` };
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
