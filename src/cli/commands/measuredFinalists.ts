import { readPredictorOf } from "../../shared/files/index.js";
import type { SearchRequest } from "../../shared/messages.js";
import { predictorText } from "../../shared/profileFiles.js";
import type { FinalistsRequest, FinalistsResult } from "../../shared/supernet.js";
import { UsageError, type Context, type Options, type OptionSpec } from "../command.js";
import { writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { MAKING, MATERIAL, readMaking, readMaterial, readValidationImages, VALIDATING } from "./supernet.js";

const CANDIDATES = 5;
const ROUNDS = 3;
const CALIBRATIONS = 3;
/** Of a calibration set, where nothing is said: with fewer there are fewer sets instead. */
const LEAST_IMAGES = 100;

const only = <K extends string>(options: Record<K, OptionSpec>): Record<K, OptionSpec> =>
  Object.fromEntries(Object.entries<OptionSpec>(options).map(([name, spec]) => [name, { ...spec, help: `with --supernet: ${spec.help}`, required: false }])) as Record<K, OptionSpec>;

/** What a search takes only with --supernet. */
export const WITH_SUPERNET = only({
  data: { ...MATERIAL.data, help: "data that the accuracy predictor was fitted to" },
  finalists: { value: "N", help: `architectures whose accuracy is measured in a round, 2 to 50; default ${CANDIDATES}` },
  calibrations: { value: "N", help: `disjoint sets of calibration images for each; default ${CALIBRATIONS}, or as many as there are images for` },
  ...MAKING,
  "calibration-images": { ...MAKING["calibration-images"], help: "images of each set; default: as many as the predictor was made with, or as many as there are for all sets" },
  ...VALIDATING,
  "validation-images": { ...VALIDATING["validation-images"], help: "validation images; default: as many as the predictor was made with" },
});

/** `search --supernet`: measures the best architectures under the budget on the person's images. @throws UsageError, InputError */
export async function measureFinalists(options: Options, search: SearchRequest, context: Context): Promise<{ result: FinalistsResult; /** Says where the corrected predictor lies. */ written: string }> {
  if (options.get("data") === undefined) throw new UsageError("--data DIR is missing, which --supernet needs");
  if (search.probability !== null) throw new UsageError("--probability is for a search without --supernet: finalists are the best whose predicted latency is within the budget");
  const predictor = readPredictorOf(search.accuracy, "accuracy");
  const { cards, ...material } = await readMaterial(options, search.space, context);
  const { evaluated, resolution } = predictor;
  const { calibration: there } = cards.data;
  const sets = Math.max(1, Math.min(CALIBRATIONS, Math.floor(there / (imagesGiven(options) ?? LEAST_IMAGES))));
  const calibrations = options.numberOr("calibrations", sets, { min: 1, max: 10, integer: true });
  const making = readMaking(options, Math.floor(there / calibrations), evaluated?.calibrationImages);
  const { space, accuracy, latency, budget } = search;
  const request: FinalistsRequest = {
    ...{ kind: "finalists", space, accuracy, latency, budget, ...material, ...making, resolution },
    validationImages: readValidationImages(options, evaluated?.validationImages ?? null),
    // The worker refuses a predictor that does not say.
    precision: evaluated?.precision ?? "fp32",
    candidates: options.numberOr("finalists", CANDIDATES, { min: 2, max: 50, integer: true }),
    rounds: options.numberOr("most", ROUNDS, { min: 1, max: 20, integer: true }),
    calibrations,
  };
  const result = await doJob<"finalists">(request, context, options.get("journal") ?? null);
  const refit = options.get("refit");
  if (refit === undefined || result.corrected === null) return { result, written: "" };
  const { bytes } = await writeOutput(refit, predictorText(result.corrected));
  return { result, written: `\n  Written to ${refit} (${bytes} bytes)\n` };
}

function imagesGiven(options: Options): number | null {
  return options.get("calibration-images") === undefined ? null : options.number("calibration-images", { min: 8, max: 100_000, integer: true });
}
