import { costsOf } from "../../onnx/costs.js";
import { stateDict } from "../../onnx/supernet/stateDict.js";
import { sha256 } from "../../runs/digest.js";
import { readSpace } from "../../shared/files/index.js";
import type { SubnetRequest, SubnetResult } from "../../shared/supernet.js";
import { calibrationSets } from "../evaluate/calibration.js";
import { openMaterial } from "../evaluate/sources.js";
import { SubnetEvaluator } from "../evaluate/subnetEvaluator.js";
import type { Job } from "../job.js";
import { loadRuntime } from "../measure/runtime.js";
import { networkOfConfig, requireWritable } from "./onnx.js";
import { readConfigOf } from "./predict.js";

/**
 * The subnet of a config with the weights it inherits, recalibrated: an ONNX model as it is evaluated, or a PyTorch state
 * dict.
 */
export const subnet: Job<SubnetRequest, SubnetResult> = async (request, context) => {
  const { format, precision, version, calibrationImages, seed } = request;
  const space = readSpace(request.space);
  const config = readConfigOf(request.config, space);
  const { resolution, stages } = config;
  const costs = costsOf(networkOfConfig(request.config, space, config));
  requireWritable(request.config, costs, format === "onnx" ? precision : "fp32");
  const material = await openMaterial(space, request, resolution);
  const [calibration] = calibrationSets(material, { images: calibrationImages, seed });
  const evaluator = new SubnetEvaluator(await loadRuntime(), material, { ...request, resolution }, () => context.breathe());
  const recalibrated = await evaluator.recalibrate(request.config.name, stages, calibration!);
  // A config by itself: whoever finds the file can search, predict and export from it again.
  const architecture = JSON.stringify({ version: 1, space: space.id, resolution, stages });
  const weights = recalibrated.weights.origin;
  const file =
    format === "onnx"
      ? await evaluator.model(recalibrated, precision, 1, { architecture, tool: "FOX-NAS", version })
      : stateDict(recalibrated.subnet, recalibrated.statistics, { "foxnas.architecture": architecture, "foxnas.weights": weights, "foxnas.tool": "FOX-NAS", "foxnas.version": version });
  return { model: Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString("base64"), bytes: file.length, digest: sha256(file), ...costs, weights };
};
