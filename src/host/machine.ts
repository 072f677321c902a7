import * as vscode from "vscode";
import { runJob } from "../runs/supervisor.js";
import { InputError } from "../shared/errors.js";
import type { ResultOf } from "../shared/messages.js";
import type { PredictorFile } from "../shared/predictor.js";

export type MachineInfo = ResultOf<"device">;

/** The machine that the extension host runs on: over Remote-SSH the remote one. */
export class Machine {
  #info: Promise<MachineInfo> | undefined;

  constructor(
    private readonly workerPath: string,
    private readonly onLog: (level: "info" | "warn" | "error", message: string) => void,
  ) {}

  /** Asked of a worker once: only a worker may load onnxruntime. Throws RunFailure. */
  info(): Promise<MachineInfo> {
    this.#info ??= this.#ask().catch((error: unknown) => {
      // Next time it may work.
      this.#info = undefined;
      throw error;
    });
    return this.#info;
  }

  /** The same where it only marks a list: undefined where it cannot be known. */
  known(): Promise<MachineInfo | undefined> {
    return this.info().catch(() => undefined);
  }

  /** Throws InputError that says what is missing where nothing can be measured. */
  async requireRuntime(): Promise<MachineInfo> {
    const info = await this.info();
    if (info.onnxruntime !== null) return info;
    // A library that is missing now may be installed by the next try.
    this.#info = undefined;
    throw new InputError({ what: (info.reason ?? "onnxruntime cannot be loaded").replace(/\.$/, "") });
  }

  async #ask(): Promise<MachineInfo> {
    const outcome = await runJob({ kind: "device" }, { workerPath: this.workerPath, journal: null, onLog: this.onLog });
    if (outcome.status === "done") return outcome.result;
    throw new Error("nobody cancels the question what this machine is");
  }
}

/** What a person must know of where a predictor was measured; undefined where it was this machine, or is not known. */
export function originNote({ measured }: PredictorFile, machine: MachineInfo | undefined): string | undefined {
  if (measured === undefined || machine === undefined) return undefined;
  const { cpu, platform, onnxruntime } = measured.device;
  if (cpu !== machine.cpu || platform !== machine.platform) return vscode.l10n.t("from another machine");
  if (machine.onnxruntime !== null && onnxruntime !== machine.onnxruntime.version) {
    return vscode.l10n.t("measured with onnxruntime {0}, here is {1}", onnxruntime, machine.onnxruntime.version);
  }
  return undefined;
}
