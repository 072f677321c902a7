import { costsOf, type Costs } from "../../onnx/costs.js";
import { NetworkError } from "../../onnx/errors.js";
import { OPSET, writeModel } from "../../onnx/model.js";
import type { Network } from "../../onnx/network.js";
import { networkOf } from "../../onnx/space.js";
import { randomWeights } from "../../onnx/weights.js";
import { sha256 } from "../../runs/digest.js";
import { InputError } from "../../shared/errors.js";
import { inputErrorAt, readSpace } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { ArchitectureConfig } from "../../shared/architecture.js";
import type { Source } from "../../shared/messages.js";
import type { OnnxRequest, OnnxResult } from "../../shared/onnx.js";
import type { Space } from "../../shared/space.js";
import { toldFault } from "../../shared/toldFault.js";
import type { Job } from "../job.js";
import { CHANNEL_MULTIPLE } from "../measure/networks.js";
import { readConfigOf } from "./predict.js";

/** A result travels as one text, and texts end at some 500 million characters. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The model of a config as the bytes of an ONNX file, as it is measured: int8 is padded the same way. */
export const onnx: Job<OnnxRequest, OnnxResult> = async (request) => {
  const { precision, seed, version } = request;
  const space = readSpace(request.space);
  const config = readConfigOf(request.config, space);
  const network = networkOfConfig(request.config, space, config);
  const costs = costsOf(network);
  requireWritable(request.config, costs, precision);
  const { resolution, stages } = config;
  const model = writeModel(network, {
    precision,
    weights: randomWeights(seed),
    channelMultiple: CHANNEL_MULTIPLE,
    // A config by itself: whoever finds the file can search, predict and export from it again.
    metadata: { architecture: JSON.stringify({ version: 1, space: space.id, resolution, stages }), tool: "FOX-NAS", version },
  });
  return {
    model: Buffer.from(model.buffer, model.byteOffset, model.byteLength).toString("base64"),
    bytes: model.length,
    digest: sha256(model),
    ...costs,
    opset: OPSET,
    weights: `random, seed ${seed}`,
  };
};

/** @throws InputError where the file would not fit a result */
export function requireWritable({ name }: Source, { parameters }: Costs, precision: OnnxRequest["precision"]): void {
  const size = parameters * (precision === "fp32" ? 4 : 1);
  if (size <= MOST_BYTES) return;
  throw new InputError({
    what: t("the model is too large to be written"),
    file: name,
    found: t("{0} MiB of weights", Math.ceil(size / 2 ** 20)),
    expected: t("at most {0} MiB", MOST_BYTES / 2 ** 20),
  });
}

/** The network of a config that lies in its space. @throws InputError */
export function networkOfConfig(source: Source, space: Space, { resolution, stages }: ArchitectureConfig): Network {
  try {
    return networkOf(space, stages, { resolution });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw inputErrorAt(source, ["stages"], { what: t("the network cannot be built: {0}", toldFault(error.message)), next: t("Check the config and its space.") });
  }
}
