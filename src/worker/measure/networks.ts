import { BASELINES, baselineNetwork, isBaseline, type BaselineName } from "../../onnx/baselines.js";
import { costsOf } from "../../onnx/costs.js";
import { NetworkError } from "../../onnx/errors.js";
import { writeModel } from "../../onnx/model.js";
import type { Network } from "../../onnx/network.js";
import { networkOf } from "../../onnx/space.js";
import { randomWeights, rememberedWeights } from "../../onnx/weights.js";
import { InputError } from "../../shared/errors.js";
import { readSpace } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { MeasureRequest, NetworkRequest } from "../../shared/measure.js";
import { toldFault } from "../../shared/toldFault.js";

/** A network of a request, checked and ready to be written. */
export interface PreparedNetwork {
  readonly key: string;
  readonly network: Network;
  /** As trained; multiply-adds of one image. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** The architecture as text, for the model's metadata; the same for the same architecture, whatever its key. */
  readonly text: string;
}

/** Weights do not change the time of a run, so they are the same in every batch, and digests are comparable. */
const WEIGHT_SEED = 1;

/** Channels that onnxruntime's int8 depthwise kernels take at a time; the writer pads to it (see `alignChannels`). */
export const CHANNEL_MULTIPLE = process.arch === "arm64" ? 8 : 16;

/**
 * Checks all networks of a batch, references last.
 * @throws InputError naming the network, e.g. `networks[3]` and its key
 */
export function prepare(request: MeasureRequest): PreparedNetwork[] {
  const prepared = [
    ...request.networks.map((item, i) => prepareOne(item, `networks[${i}]`)),
    ...request.references.map((item, i) => prepareOne(item, `references[${i}]`)),
  ];
  const keys = prepared.map(({ key }) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new InputError({ what: t("two networks of the batch have the same key"), found: `"${twice}"` });
  return prepared;
}

function prepareOne({ key, network: asked, resolution, classes }: NetworkRequest, field: string): PreparedNetwork {
  const size = { resolution, classes };
  try {
    if ("baseline" in asked) {
      const network = baselineNetwork(baselineName(asked.baseline, field), size);
      return { key, network, text: asked.baseline, ...costsOf(network) };
    }
    const network = networkOf(readSpace(asked.space), asked.stages, size);
    return { key, network, text: JSON.stringify(asked.stages), ...costsOf(network) };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new InputError({
      file: "space" in asked ? asked.space.name : undefined,
      field,
      what: t('the network "{0}" cannot be built: {1}', key, toldFault(error.message)),
      next: t("Pick choices that its space has."),
    });
  }
}

function baselineName(name: string, field: string): BaselineName {
  if (isBaseline(name)) return name;
  throw new InputError({
    what: t("there is no such baseline"),
    field: `${field}.network.baseline`,
    found: `"${name}"`,
    expected: t("one of {0}", BASELINES.join(", ")),
  });
}

/**
 * Writes the ONNX models of a batch, in memory: no file, no external data. The same network, precision and batch give
 * the same bytes on every device of an architecture.
 */
export function modelWriter({ precision, batch }: Pick<MeasureRequest, "precision" | "batch">): (prepared: PreparedNetwork) => Uint8Array {
  const weights = rememberedWeights(randomWeights(WEIGHT_SEED));
  return ({ network, text }) =>
    writeModel(network, {
      precision,
      batch,
      weights,
      channelMultiple: CHANNEL_MULTIPLE,
      metadata: { architecture: text, tool: "FOX-NAS", version: "measure" },
    });
}
