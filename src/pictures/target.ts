import { ms, percent, signedIntervalText, signedMs, signedPp } from "../shared/format.js";
import { t } from "../shared/l10n.js";

/** What a number is about; its colour everywhere: blue accuracy, orange latency. */
export type Target = "accuracy" | "latency";
export const TARGETS = ["accuracy", "latency"] as const;
export const NAME: Record<Target, string> = { accuracy: t("Accuracy"), latency: t("Latency") };

/** The same within a sentence. */
export const WORD: Record<Target, string> = { accuracy: t("accuracy"), latency: t("latency") };

/** Head of what tells how far a predictor goes. */
export const TRUSTED: Record<Target, string> = {
  accuracy: t("Can the accuracy predictor be trusted?"),
  latency: t("Can the latency predictor be trusted?"),
};

/** Unit of a value and of a difference. */
export const UNIT = { accuracy: "%", latency: "ms" } as const;
export const STEP_UNIT = { accuracy: "pp", latency: "ms" } as const;

/** A value with its unit, `75.54 %`, `119.5 ms`. */
export const plain: Record<Target, (value: number) => string> = { accuracy: percent, latency: ms };
/** A difference with sign and unit, `+0.62 pp`, `−50.8 ms`; `digits` of milliseconds. */
export const signed: Record<Target, (value: number, digits?: number) => string> = { accuracy: (v) => signedPp(v), latency: (v, digits) => signedMs(v, digits) };
/** An interval of a difference; `none` where there is no covariance. */
export const signedInterval = (target: Target, interval: readonly [number, number] | null, digits?: number): string =>
  interval === null ? t("none") : signedIntervalText(interval, STEP_UNIT[target], digits);
