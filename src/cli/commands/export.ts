import { CONFIG_FORMATS, configText } from "../../shared/files/index.js";
import { EXIT, UsageError, type Command } from "../command.js";
import { writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { CONFIG, readConfigAndSpace } from "./shared.js";

/** Formats of the contract that a later version writes. */
const LATER = ["python", "pytorch", "keras", "onnx"];

/** A config, checked against its space and written in another format. */
export const exportConfig: Command = {
  name: "export",
  summary: "checks an architecture config and writes it as JSON or YAML",
  options: {
    ...CONFIG,
    format: { value: CONFIG_FORMATS.join("|"), help: "format to write", required: true },
    out: { value: "FILE", help: "file to write", required: true },
  },
  async run(options, context) {
    const named = options.need("format");
    if (LATER.includes(named)) throw new UsageError(`--format ${named} is not in this version, which writes ${CONFIG_FORMATS.join(" and ")}`);
    const format = options.choice("format", CONFIG_FORMATS);
    const { config, parsed, space } = await readConfigAndSpace(options);
    await doJob<"validate">({ kind: "validate", config, space }, context);
    const out = options.need("out");
    const written = await writeOutput(out, configText(parsed, format));
    return { exitCode: EXIT.done, json: written, text: `Written to ${out} (${written.bytes} bytes)\n` };
  },
};
