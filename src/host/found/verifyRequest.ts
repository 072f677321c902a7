import { anchorOf } from "../../shared/anchor.js";
import type { Architecture } from "../../shared/architecture.js";
import { readPredictor, readSpace } from "../../shared/files/index.js";
import type { MeasureRequest, MeasureResult, NetworkRequest } from "../../shared/measure.js";
import type { SearchRequest } from "../../shared/messages.js";
import type { Space } from "../../shared/space.js";
import { relationOf, type Verified } from "../../shared/verified.js";
import { machineText } from "../format.js";
import type { MachineInfo } from "../machine.js";

/** How to measure where the latency predictor does not say it. */
export interface Setting {
  precision: MeasureRequest["precision"];
  threads: number;
  executionProvider: string;
  /** Readings; some 60 repeat to 1 %. */
  rounds: number;
}

export interface VerifyPlan {
  architecture: Architecture;
  request: MeasureRequest;
  relation: Verified["relation"];
  /** Latencies of the request's references on the level of the predictor, ms; null where it has none. */
  level: number[] | null;
}

type Predictors = Pick<SearchRequest, "space" | "latency" | "seed">;
type Stages = Architecture["stages"];

const WARMUP = 3;

/** Precision, threads and provider that a predictor of this machine was measured with; null for any other. */
export function settingOf({ latency }: Predictors, machine: MachineInfo): Omit<Setting, "rounds"> | null {
  const { measured } = readPredictor(latency);
  if (measured === undefined || measured.device.cpu !== machine.cpu || measured.device.platform !== machine.platform) return null;
  const { precision, threads, executionProvider } = measured.protocol;
  return { precision, threads, executionProvider };
}

/**
 * The batch that measures one architecture: with the references of the predictor where it is of this machine, so that
 * both come to one level, else with three of the space that show the drift. Throws InputError.
 */
export function verifyPlan(predictors: Predictors, architecture: Architecture, { rounds, ...asked }: Setting, machine: MachineInfo): VerifyPlan {
  const { space, seed } = predictors;
  const predictor = readPredictor(predictors.latency);
  const own = settingOf(predictors, machine);
  // Comparable with the prediction only at its own setting.
  const setting = own !== null && own.precision === asked.precision ? own : asked;
  const relation = relationOf(predictor, { ...machine, onnxruntime: machine.onnxruntime?.version ?? "" }, setting);
  const references = relation === "same" ? (predictor.measured?.references ?? []) : [];
  const stages = references.length > 0 ? references.map((one) => one.stages) : spread(readSpace(space));
  const network = (key: string, of: Stages): NetworkRequest => ({ key, resolution: architecture.resolution, network: { space, stages: of } });
  return {
    architecture,
    relation,
    level: references.length > 0 ? references.map(({ latencyMs }) => latencyMs) : null,
    request: {
      kind: "measure",
      networks: [network("architecture", architecture.stages)],
      references: stages.map((of, i) => network(`reference ${i + 1}`, of)),
      ...setting,
      ...{ batch: 1, warmup: WARMUP, rounds, seed, traces: false },
    },
  };
}

/** The smallest, a middle and the largest architecture of a space. */
function spread({ stages }: Space): Stages[] {
  const at = (choices: readonly number[], share: number) => choices[Math.floor((choices.length - 1) * share)]!;
  return [0, 0.5, 1].map((share) =>
    stages.map(({ width, depth, expand, kernel }) => ({
      width,
      blocks: Array.from({ length: at(depth, share) }, () => ({ expand: at(expand, share), kernel: at(kernel, share) })),
    })),
  );
}

/** What the batch says of the architecture. */
export function verifiedOf({ architecture, relation, level: earlier }: VerifyPlan, { networks, references, device, protocol, suspect, reason }: MeasureResult): Verified {
  const { latencyMs: rawMs, standardError } = networks[0]!;
  const level = earlier === null ? null : anchorOf(earlier, references.map(({ latencyMs }) => latencyMs));
  return {
    architecture,
    ...{ rawMs, latencyMs: rawMs * (level?.factor ?? 1), standardError, relation, level },
    suspect: suspect ? (reason ?? "its references disagree") : null,
    machine: machineText(device, protocol),
    device,
    protocol,
  };
}
