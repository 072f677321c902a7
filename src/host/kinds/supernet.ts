import * as vscode from "vscode";
import type { MeasureProgress } from "../../shared/measure.js";
import type { EvaluateRequest } from "../../shared/supernet.js";

// What the two kinds of runs that measure accuracy have in common.

/** `shapes.safetensors on data`, as a person sees it. */
export function usedText({ supernet, data }: Pick<EvaluateRequest, "supernet" | "data">): string {
  return vscode.l10n.t("{0} on {1}", supernet.name, data.name);
}

/** `500 calibration images, all validation images`, as a person sees it. */
export function imagesText({ calibrationImages, validationImages }: Pick<EvaluateRequest, "calibrationImages" | "validationImages">): string {
  return validationImages === null
    ? vscode.l10n.t("{0} calibration images, all validation images", calibrationImages)
    : vscode.l10n.t("{0} calibration images, {1} validation images", calibrationImages, validationImages);
}

// The same for the log, which is English.

/** `shapes.safetensors on data` */
export function supernetText({ supernet, data }: Pick<EvaluateRequest, "supernet" | "data">): string {
  return `${supernet.name} on ${data.name}`;
}

/** `fp32 and int8` */
export function precisionsText(precisions: readonly string[]): string {
  return precisions.join(" and ");
}

/** `500 calibration images, all validation images` */
export function protocolText({ calibrationImages, validationImages }: Pick<EvaluateRequest, "calibrationImages" | "validationImages">): string {
  return `${calibrationImages} calibration images, ${validationImages ?? "all"} validation images`;
}

/** What the status bar says while accuracy is measured. */
export function statusText(what: string, progress: MeasureProgress | null): { text: string; tooltip: string } {
  const tooltip = vscode.l10n.t("FOX-NAS is measuring the accuracy of subnets. Click to open the panel.");
  if (progress === null) return { text: what, tooltip };
  const done = Math.floor((100 * progress.done) / Math.max(1e-9, progress.total));
  const text =
    progress.remainingMs === null
      ? vscode.l10n.t("{0}, {1} % done", what, done)
      : vscode.l10n.t("{0}, {1} % done, {2} left", what, done, remaining(progress.remainingMs));
  return { text, tooltip };
}

/** An evaluation may take hours. */
function remaining(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return vscode.l10n.t("{0} s", seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? vscode.l10n.t("{0} min", minutes) : vscode.l10n.t("{0} h", Math.ceil(minutes / 60));
}
