import { evaluatedSamplesText, precisionOf } from "../../shared/evaluatedSamples.js";
import { readConfig, readSpace } from "../../shared/files/index.js";
import { FORMS } from "../../shared/forms.js";
import type { Source } from "../../shared/messages.js";
import { predictorText } from "../../shared/profileFiles.js";
import type { EvaluateRequest, EvaluateResult } from "../../shared/supernet.js";
import { EXIT, UsageError, type Command, type Options } from "../command.js";
import { readFromLibrary, readSource, writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { evaluateText } from "../text/evaluate.js";
import { CONFIG, SPACE } from "./shared.js";
import { MAKING, MATERIAL, readMaking, readMaterial, readPrecisions, readValidationImages, VALIDATING } from "./supernet.js";

const SAMPLES = 80;
const HELD_OUT = 40;

/** Options of a design only. */
const DESIGN = {
  samples: { value: "N", help: `without --config: subnets that the accuracy predictor is fitted to; default ${SAMPLES}` },
  "held-out": { value: "N", help: `without --config: further random subnets that tell how good it is; default ${HELD_OUT}` },
  form: { value: "NAME", help: `without --config: form of the predictor, ${FORMS.accuracy.map(({ name }) => name).join(", ")}; default log-saturating` },
  out: { value: "FILE", help: "without --config: writes the predictor there" },
};

/** Accuracy of subnets, measured on the person's own images; and a predictor fitted to it. */
export const evaluate: Command = {
  name: "evaluate",
  summary: "measures subnets of a supernet on your images and fits an accuracy predictor",
  options: {
    ...MATERIAL,
    space: SPACE,
    config: { ...CONFIG.config, help: `${CONFIG.config.help} to measure; may be repeated; default: a balanced design`, required: false, multiple: true },
    ...DESIGN,
    "out-samples": { value: "FILE.csv", help: "writes the measured subnets there; fit reads them" },
    precision: { value: "fp32|int8|fp32,int8", help: "precision of the measured models; the predictor is of the first; default fp32" },
    ...MAKING,
    ...VALIDATING,
    resolution: { value: "N", help: "side of the images, px; default: the configs', or the space's first" },
    seed: { value: "N", help: "seed of everything random; default 1" },
    journal: { value: "FILE", help: "journal to write, and to resume from where it exists" },
  },
  async run(options, context) {
    const space = await readFromLibrary("space", options.need("space"));
    const precisions = readPrecisions(options);
    const { subnets, resolutions } = await subnetsOf(options);
    const resolution = resolutionOf(options, resolutions, space);
    const validationImages = readValidationImages(options);
    const { cards, ...material } = await readMaterial(options, space, context);
    const request: EvaluateRequest = { kind: "evaluate", space, ...material, ...readMaking(options, cards.data.calibration), resolution, validationImages, precisions, subnets };
    const result = await doJob<"evaluate">(request, context, options.get("journal") ?? null);
    const written: string[] = [];
    const write = async (option: "out" | "out-samples", text: () => string) => {
      const path = options.get(option);
      if (path !== undefined) written.push(`  Written to ${path} (${(await writeOutput(path, text())).bytes} bytes)\n`);
    };
    await write("out-samples", () => evaluatedSamplesText(result, readSpace(space)));
    await write("out", () => predictorText(result.fit!.predictor));
    return { exitCode: EXIT.done, json: jsonOf(result), text: `${evaluateText(result)}${written.length > 0 ? `\n${written.join("")}` : ""}` };
  },
};

/** @throws UsageError, InputError */
async function subnetsOf(options: Options): Promise<{ subnets: EvaluateRequest["subnets"]; resolutions: number[] }> {
  const paths = options.all("config");
  if (paths.length === 0) {
    const samples = options.numberOr("samples", SAMPLES, { min: 8, max: 5000, integer: true });
    const heldOut = options.numberOr("held-out", HELD_OUT, { min: 0, max: 5000, integer: true });
    return { subnets: { kind: "design", samples, heldOut, form: options.get("form") ?? "log-saturating" }, resolutions: [] };
  }
  const stray = Object.keys(DESIGN).find((name) => options.get(name) !== undefined);
  if (stray !== undefined) throw new UsageError(`--${stray} is for a design, without --config`);
  const configs: Source[] = [];
  for (const path of paths) configs.push(await readSource(path));
  return { subnets: { kind: "given", configs }, resolutions: configs.map((config) => readConfig(config).resolution) };
}

/** @throws UsageError where the configs do not agree */
function resolutionOf(options: Options, resolutions: readonly number[], space: Source): number {
  if (options.get("resolution") !== undefined) return options.number("resolution", { min: 8, max: 4096, integer: true });
  const [first = readSpace(space).resolutions[0]!] = resolutions;
  const other = resolutions.find((resolution) => resolution !== first);
  if (other !== undefined) throw new UsageError(`the configs have resolutions of ${first} and ${other} px; give the one to measure at with --resolution`);
  return first;
}

/** What the contract promises of each subnet, and more; the predictor itself is what --out is for. */
function jsonOf({ subnets, fit, ...facts }: EvaluateResult): unknown {
  const precision = precisionOf(facts);
  const fitted = fit === null ? null : { precision: fit.precision, form: fit.predictor.form, link: fit.predictor.link, leaveOneOut: fit.leaveOneOut, heldOut: fit.heldOut };
  return {
    ...facts,
    subnets: subnets.map(({ name, stages, ...subnet }) => {
      const { n, top1, top5 } = subnet[precision]!;
      return { config: name, accuracy: top1.value, n, interval: top1.interval, top5: top5?.value ?? null, ...subnet, architecture: { resolution: facts.protocol.resolution, stages } };
    }),
    fit: fitted,
  };
}
