import * as vscode from "vscode";
import { countOf } from "../../shared/format.js";
import type { DataCard } from "../../shared/supernet.js";
import { BACK, input, pick, type At, type Back } from "../ask/steps.js";
import { CALIBRATION_IMAGES } from "./settings.js";

/** Images of every subnet; `validationImages` null: all. */
export interface ImageCounts {
  calibrationImages: number;
  validationImages: number | null;
}

/** Fewer cannot carry a batch's statistics. */
const LEAST_CALIBRATION = 8;

/** How many images each subnet is calibrated and measured with: what is usual, or the person's own numbers. */
export async function askImages(title: string, at: At, data: DataCard, last: ImageCounts | undefined): Promise<ImageCounts | Back | undefined> {
  const usual: ImageCounts = { calibrationImages: Math.min(CALIBRATION_IMAGES, data.calibration), validationImages: null };
  const fits = last !== undefined && last.calibrationImages <= data.calibration && (last.validationImages ?? 0) <= data.validation;
  const again = fits && (last.calibrationImages !== usual.calibrationImages || last.validationImages !== null) ? [last] : [];
  for (;;) {
    const answer = await pick<ImageCounts | "other">({
      title,
      at,
      placeholder: vscode.l10n.t("Images for each subnet; then measuring starts"),
      items: [
        { label: countsText(usual, data), detail: vscode.l10n.t("Batch-norm is recalibrated on the former, accuracy is measured on the latter."), value: usual },
        ...again.map((value) => ({ label: countsText(value, data), description: vscode.l10n.t("as last time"), value })),
        { label: `$(edit) ${vscode.l10n.t("Other numbers…")}`, detail: vscode.l10n.t("Fewer are faster and less certain."), value: "other" as const },
      ],
      active: (value) => value === again[0],
    });
    if (answer !== "other") return answer;
    const typed = await askCounts(title, at, data, fits ? last : usual);
    if (typed !== BACK) return typed;
  }
}

function askCounts(title: string, at: At, data: DataCard, proposed: ImageCounts) {
  return input<ImageCounts>({
    title,
    at,
    value: `${proposed.calibrationImages} + ${proposed.validationImages ?? data.validation}`,
    prompt: vscode.l10n.t("Calibration images + validation images; there are {0} + {1}", data.calibration, data.validation),
    placeholder: `${CALIBRATION_IMAGES} + ${data.validation}`,
    advise: (text) => {
      const counts = readCounts(text, data);
      return typeof counts === "string" ? { message: counts } : { value: counts };
    },
  });
}

/** Reads `500 + 2000`; a sentence where it does not pass. */
function readCounts(text: string, data: DataCard): ImageCounts | string {
  const found = /^\s*(\d{1,7})\s*\+\s*(\d{1,8}|all)\s*$/i.exec(text);
  if (found === null) return vscode.l10n.t("Two whole numbers are expected, for example {0} + {1}.", Math.min(CALIBRATION_IMAGES, data.calibration), data.validation);
  const [calibration, validation] = [Number(found[1]), found[2]!.toLowerCase() === "all" ? data.validation : Number(found[2])];
  if (calibration < LEAST_CALIBRATION || calibration > data.calibration) return vscode.l10n.t("{0} to {1} calibration images are possible.", LEAST_CALIBRATION, data.calibration);
  if (validation < 1 || validation > data.validation) return vscode.l10n.t("1 to {0} validation images are possible.", data.validation);
  return { calibrationImages: calibration, validationImages: validation === data.validation ? null : validation };
}

function countsText({ calibrationImages, validationImages }: ImageCounts, data: DataCard): string {
  const of = validationImages === null ? vscode.l10n.t("all {0}", countOf(data.validation)) : countOf(validationImages);
  return vscode.l10n.t("{0} calibration and {1} validation images", countOf(calibrationImages), of);
}
