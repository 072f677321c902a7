import * as vscode from "vscode";
import { PrecisionSchema } from "../../shared/measure.js";
import type { ProfileRequest } from "../../shared/profile.js";
import { pick, type At, type Back } from "./steps.js";

type Precision = ProfileRequest["precision"];

/** The precision of what is timed: the last question before measuring starts. */
export function pickPrecision(title: string, at: undefined, active: Precision | undefined, placeholder?: string): Promise<Precision | undefined>;
export function pickPrecision(title: string, at: At, active: Precision | undefined, placeholder?: string): Promise<Precision | Back | undefined>;
export function pickPrecision(
  title: string,
  at: At | undefined,
  active: Precision | undefined,
  placeholder = vscode.l10n.t("Precision of the timed models; then measuring starts"),
): Promise<Precision | Back | undefined> {
  const details: Record<Precision, string> = {
    int8: vscode.l10n.t("Quantised: 8-bit weights and activations, usually the fastest form on a CPU. For models you will deploy quantised."),
    fp32: vscode.l10n.t("32-bit floating point, as trained. For models you will deploy without quantisation."),
  };
  const order: Precision[] = ["int8", ...PrecisionSchema.options.filter((one) => one !== "int8")];
  return pick<Precision>({
    title,
    at,
    placeholder,
    items: order.map((value) => ({ label: value, detail: details[value], value })),
    active: (value) => value === active,
  });
}
