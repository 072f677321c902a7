import * as vscode from "vscode";
import type { AccuracyProtocol } from "../../shared/supernet.js";
import type { MachineInfo } from "../machine.js";

/** What the settings say of measuring accuracy. */
export function accuracySettings({ cores }: Pick<MachineInfo, "cores">): Pick<AccuracyProtocol, "threads" | "ranges" | "seed"> {
  const config = vscode.workspace.getConfiguration("foxnas");
  return {
    // Accuracy does not depend on how long it takes: all cores, unless the person says otherwise.
    threads: config.get<number | null>("evaluate.threads", null) ?? cores,
    ranges: config.get<AccuracyProtocol["ranges"]>("evaluate.ranges", "percentile"),
    seed: config.get<number>("search.seed", 1),
  };
}

/** Batch-norm statistics of more images hardly differ. */
export const CALIBRATION_IMAGES = 500;
