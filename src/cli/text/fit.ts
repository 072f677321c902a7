import { diagnosticVerdicts } from "../../shared/diagnosticsText.js";
import type { FitResult } from "../../shared/results.js";
import { differenceUnit, fixed } from "./numbers.js";
import type { Target } from "../../shared/predictor.js";

/** A fit as a person reads it: the table of terms as R's summary prints it, and the errors that count. */
export function fitText(fit: FitResult, target: Target, samples: string): string {
  const width = Math.max(...fit.terms.map(({ name }) => name.length), 4);
  const unit = differenceUnit(target);
  const { crossValidation: cv, f } = fit;
  const { device, resolution, link } = fit.predictor;
  return [
    `FOX-NAS · predictor of ${target} · form ${fit.form} · ${fit.n} samples of ${samples} · ${device ?? "device unknown"}, ${resolution} px`,
    "",
    `  ${"term".padEnd(width)}  ${"estimate".padStart(12)}  ${"std. error".padStart(12)}  ${"t".padStart(8)}  ${"p".padStart(9)}`,
    ...fit.terms.map(
      ({ name, estimate, stdError, t, p }) =>
        `  ${name.padEnd(width)}  ${compact(estimate).padStart(12)}  ${compact(stdError).padStart(12)}  ${fixed(t, 2).padStart(8)}  ${pValue(p).padStart(9)}`,
    ),
    "",
    `  R² ${fixed(fit.r2, 4)}, adjusted ${fixed(fit.adjustedR2, 4)}; residual standard error ${compact(fit.residualStdError)} on ${fit.dof} degrees of freedom${link === null ? "" : " (before the link)"}`,
    `  F ${fixed(f.value, 1)} on ${f.dof1} and ${f.dof2}, p ${pValue(f.p)}`,
    ...(link === null ? [] : [`  Ceiling ${compact(link.ceiling)} %: value = ceiling - exp(-(sum of the terms))`]),
    `  Cross-validated (${cv.repeats} × ${cv.folds} folds): RMSE ${fixed(cv.rmse, 3)} ${unit}, MAE ${fixed(cv.mae, 3)} ${unit}, Kendall's tau ${fixed(cv.kendallTau, 3)}, R² ${fixed(cv.r2, 4)}`,
    `  Leave-one-out: RMSE ${fixed(fit.leaveOneOutRmse, 3)} ${unit}`,
    "",
    ...isItAnyGood(fit),
  ].join("\n");
}

const MARK = { good: "+", warn: "!", plain: "·" } as const;

/** The verdicts on the fit, a line each; what the samples do not allow to say is left out. */
function isItAnyGood({ predictor }: FitResult): string[] {
  const diagnostics = predictor.fit?.diagnostics;
  if (diagnostics === undefined) return [];
  const verdicts = Object.values(diagnosticVerdicts(diagnostics, predictor)).filter((verdict) => verdict !== null);
  return ["  Is it any good?", ...verdicts.map(({ tone, text }) => `  ${MARK[tone]} ${text}`), ""];
}

function compact(value: number): string {
  return value === 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6) ? Number(value.toPrecision(6)).toString() : value.toExponential(4);
}

function pValue(p: number): string {
  return p < 2e-16 ? "< 2e-16" : p < 1e-4 ? p.toExponential(1) : p.toFixed(4);
}
