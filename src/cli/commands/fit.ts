import type { FitRequest } from "../../shared/messages.js";
import { TargetSchema } from "../../shared/predictor.js";
import { EXIT, UsageError, type Command, type Options } from "../command.js";
import { readFromLibrary, readSource, writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { fitText } from "../text/fit.js";
import { SPACE } from "./shared.js";

/** A predictor fitted to samples. */
export const fit: Command = {
  name: "fit",
  summary: "fits a predictor to samples",
  options: {
    samples: { value: "FILE.csv", help: "samples: CSV in the published layout or in this project's own", required: true },
    space: SPACE,
    target: { value: "accuracy|latency", help: "what to predict", required: true },
    form: { value: "NAME", help: "form (set of terms): published, depth-log-saturating, sums …", required: true },
    ceiling: { value: "auto|PERCENT", help: "accuracy that a saturating form nears; auto: of the smallest leave-one-out error; default: the form's own" },
    out: { value: "FILE", help: "writes the predictor there" },
    seed: { value: "N", help: "seed of the folds; default 1" },
    device: { value: "NAME", help: "device the samples were measured on" },
    resolution: { value: "N", help: "input resolution of the samples, px" },
  },
  async run(options, context) {
    const target = options.choice("target", TargetSchema.options);
    const seed = options.numberOr("seed", 1, { min: 0, max: 0xffff_ffff, integer: true });
    const resolution = options.get("resolution") === undefined ? null : options.number("resolution", { min: 8, max: 4096, integer: true });
    const samples = await readSource(options.need("samples"));
    const space = await readFromLibrary("space", options.need("space"));
    const form = options.need("form");
    const device = options.get("device") ?? null;
    const request: FitRequest = { kind: "fit", samples, space, target, form, seed, device, resolution, ...ceilingOf(options) };
    const { predictor, ...result } = await doJob<"fit">(request, context);
    const json = { ...result, diagnostics: predictor.fit?.diagnostics };
    const out = options.get("out");
    const text = fitText({ predictor, ...result }, target, samples.name);
    if (out === undefined) return { exitCode: EXIT.done, json, text };
    const { bytes } = await writeOutput(out, `${JSON.stringify(predictor, null, 2)}\n`);
    return { exitCode: EXIT.done, json, text: `${text}\n  Written to ${out} (${bytes} bytes)\n` };
  },
};

/** Percentages beyond 100 are shapes too, but a value of the wrong scale is likelier above this. */
const MOST_CEILING = 10_000;

function ceilingOf(options: Options): Pick<FitRequest, "ceiling"> {
  const text = options.get("ceiling");
  if (text === undefined) return {};
  if (text === "auto") return { ceiling: "fitted" };
  const ceiling = Number(text);
  if (ceiling > 0 && ceiling <= MOST_CEILING) return { ceiling };
  throw new UsageError(`--ceiling: found ${text}, expected auto or a percentage above every sample, such as 79`);
}
