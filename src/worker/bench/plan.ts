import { baselineFacts, BASELINES, isBaseline, type BaselineName } from "../../onnx/baselines.js";
import type { BenchAccuracy, BenchRequest } from "../../shared/bench.js";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import type { MeasureRequest, NetworkRequest } from "../../shared/measure.js";

const WARMUP = 3;
/** Baselines' accuracies were published for this resolution, px. */
const PUBLISHED_RESOLUTION = 224;
/** Of the one network that there is, timed a second time: a batch needs a reference. */
const AGAIN = " (again, as reference)";

/** Seeds of batches lie apart, since a batch that is measured again takes the next ones. */
const SEED_STEP = 101;

/** What a row says beside its times. */
export interface Entry {
  readonly key: string;
  readonly kind: "config" | "baseline";
  readonly title: string;
  readonly accuracy: BenchAccuracy | null;
}

/** Configs, then baselines. @throws InputError for a baseline that there is not, listing those that there are */
export function entriesOf({ configs, baselines, precision }: BenchRequest): Entry[] {
  return [
    ...configs.map(({ key, predicted, resolution }): Entry => {
      const counts = predicted !== null && predicted.resolution === resolution;
      const accuracy = counts ? { value: predicted.value, unit: predicted.unit, source: predicted.source, origin: "predicted" as const, precision: null } : null;
      return { key, kind: "config", title: key, accuracy };
    }),
    ...baselines.map(({ name, resolution }, i): Entry => {
      const known = requireBaseline(name, i);
      const accuracy = resolution === PUBLISHED_RESOLUTION ? publishedAccuracy(known, precision) : null;
      return { key: name, kind: "baseline", title: baselineFacts(known).title, accuracy };
    }),
  ];
}

function requireBaseline(name: string, index: number): BaselineName {
  if (isBaseline(name)) return name;
  throw new InputError({
    what: t("there is no such baseline"),
    field: `baselines[${index}]`,
    found: `"${name}"`,
    expected: t("one of {0}", BASELINES.join(", ")),
  });
}

/** Of the measured precision where one was published, else the first. */
function publishedAccuracy(name: BaselineName, precision: BenchRequest["precision"]): BenchAccuracy {
  const { accuracies } = baselineFacts(name);
  const { top1, source, precision: of } = accuracies.find((each) => each.precision === precision) ?? accuracies[0]!;
  return { value: top1, unit: "%", source, origin: "published", precision: of };
}

/**
 * Batch `index`: all networks side by side. Every batch needs references that show the machine's drift; they are
 * networks like the others, so the baselines serve, or without any the first config. Nothing is timed twice, unless
 * there is a single network.
 */
export function batchRequest(request: BenchRequest, index: number): MeasureRequest {
  const configs = request.configs.map(({ predicted: _, ...network }): NetworkRequest => network);
  const baselines = request.baselines.map(({ name, resolution }): NetworkRequest => ({ key: name, network: { baseline: name }, resolution }));
  const { precision, threads, executionProvider, rounds } = request;
  return {
    kind: "measure",
    ...split(configs, baselines),
    ...{ precision, threads, executionProvider, batch: 1, warmup: WARMUP, rounds, traces: false },
    seed: (request.seed + index * SEED_STEP) % 2 ** 32,
  };
}

function split(configs: NetworkRequest[], baselines: NetworkRequest[]): Pick<MeasureRequest, "networks" | "references"> {
  if (baselines.length > 0) return { networks: configs, references: baselines };
  const [first, ...others] = configs as [NetworkRequest, ...NetworkRequest[]];
  if (others.length > 0) return { networks: others, references: [first] };
  return { networks: [first], references: [{ ...first, key: `${first.key}${AGAIN}` }] };
}
