import * as v from "valibot";
import { ArchitectureSchema, type Architecture } from "./architecture.js";
import { FingerprintSchema, ProtocolSchema, type Fingerprint, type Protocol } from "./measure.js";
import type { PredictorFile } from "./predictor.js";

/**
 * What a latency predictor has to do with the machine that measured. same: a profile of it at this very setting.
 * setting: a profile of it at another one, or with another onnxruntime. other: a profile of another machine.
 * named: it names a device and says no more. unknown: not even that.
 */
const RelationSchema = v.picklist(["same", "setting", "other", "named", "unknown"]);
type Relation = v.InferOutput<typeof RelationSchema>;

/** An architecture of a search's result, as it was measured on this machine. */
export const VerifiedSchema = v.object({
  architecture: ArchitectureSchema,
  /** ms; on the level of the latency predictor where `level` is not null. */
  latencyMs: v.pipe(v.number(), v.gtValue(0)),
  /** ms, as it was timed. */
  rawMs: v.pipe(v.number(), v.gtValue(0)),
  /** Relative, within the batch. */
  standardError: v.number(),
  relation: RelationSchema,
  /** `latencyMs / rawMs` where the batch timed the references of the predictor; they disagree by so much. */
  level: v.nullable(v.object({ factor: v.number(), disagreement: v.number() })),
  /** Why not to trust it, where something else was running; null where it was quiet. */
  suspect: v.nullable(v.string()),
  /** For people: `AMD EPYC 7763, cpu int8, 1 thread`. */
  machine: v.string(),
  device: FingerprintSchema,
  protocol: ProtocolSchema,
});
export type Verified = v.InferOutput<typeof VerifiedSchema>;

/** `measured.json` beside a run: one measurement for each architecture and precision, the newest last. */
export const VerifiedFileSchema = v.object({ version: v.literal(1), measured: v.array(VerifiedSchema) });

/** One text for one architecture at its resolution: equal texts, equal networks. */
export function architectureKey({ resolution, stages }: Architecture): string {
  const blocks = (stage: Architecture["stages"][number]) => stage.blocks.map(({ expand, kernel }) => `e${expand}k${kernel}`).join(",");
  return `${resolution}px ${stages.map((stage) => `${stage.width}:${blocks(stage)}`).join("|")}`;
}

/** Measurements of an architecture, the newest first. */
export function measurementsOf(all: readonly Verified[], architecture: Architecture): Verified[] {
  const key = architectureKey(architecture);
  return all.filter((one) => architectureKey(one.architecture) === key).reverse();
}

/** With a measurement more; it replaces an earlier one of the same architecture and precision. */
export function withMeasurement(all: readonly Verified[], added: Verified): Verified[] {
  const key = (one: Verified) => `${one.protocol.precision} ${architectureKey(one.architecture)}`;
  return [...all.filter((one) => key(one) !== key(added)), added];
}

type Setting = Pick<Protocol, "precision" | "threads" | "executionProvider">;

export function relationOf({ device, measured }: Pick<PredictorFile, "device" | "measured">, here: Pick<Fingerprint, "cpu" | "platform" | "onnxruntime">, setting: Setting): Relation {
  if (measured === undefined) return device === null ? "unknown" : "named";
  if (measured.device.cpu !== here.cpu || measured.device.platform !== here.platform) return "other";
  const { precision, threads, executionProvider } = measured.protocol;
  const alike = precision === setting.precision && threads === setting.threads && executionProvider === setting.executionProvider;
  return alike && measured.device.onnxruntime === here.onnxruntime ? "same" : "setting";
}
