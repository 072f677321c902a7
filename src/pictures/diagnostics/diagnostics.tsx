import type { Diagnostics } from "../../shared/diagnostics.js";
import { diagnosticVerdicts, type Verdicts } from "../../shared/diagnosticsText.js";
import { t } from "../../shared/l10n.js";
import type { PredictorCard } from "../../shared/results.js";
import { TRUSTED } from "../target.js";
import { Collinearity } from "./collinearity.js";
import { PredictedMeasured, Residuals, ScaleLocation, type FigureProps } from "./fitted.js";
import { Leverage } from "./leverage.js";
import { Learning, Quantiles } from "./quantiles.js";

const FIGURES = ["fit", "residuals", "scale", "quantiles", "leverage", "learning", "collinearity"] as const;
type Figure = (typeof FIGURES)[number];
/** What is said on top of each. */
const VERDICT: Record<Figure, keyof Verdicts> = { fit: "coverage", residuals: "reset", scale: "noise", quantiles: "normality", leverage: "leverage", learning: "learning", collinearity: "collinearity" };

const DRAW: Record<Figure, (props: FigureProps) => preact.JSX.Element | null> = {
  fit: PredictedMeasured, residuals: Residuals, scale: ScaleLocation, quantiles: Quantiles, leverage: Leverage, learning: Learning, collinearity: Collinearity,
};
/** Whether there is anything to draw. */
const HAS: Record<Figure, (of: Diagnostics) => boolean> = {
  fit: (of) => of.bins.length > 0 || (of.points?.length ?? 0) > 0, residuals: (of) => of.bins.length > 0, scale: (of) => of.bins.length > 0,
  quantiles: (of) => of.quantiles.length > 0, leverage: () => true, learning: (of) => of.learning.length > 1, collinearity: (of) => of.collinearity.length > 0,
};
const LEAST = 300;
const GAP = 28;

/** Whether a predictor can be trusted: small charts, each with its verdict, as many side by side as `width` (px) holds. */
export function DiagnosticsPicture(props: { diagnostics: Diagnostics; card: Pick<PredictorCard, "target" | "unit" | "form">; width: number }) {
  const { diagnostics, card, width } = props;
  const { target } = card;
  const verdicts = diagnosticVerdicts(diagnostics, card);
  const figures = FIGURES.filter((figure) => HAS[figure](diagnostics));
  const across = Math.max(1, Math.min(figures.length, Math.floor((width + GAP) / (LEAST + GAP))));
  const cell = Math.floor((width - GAP * (across - 1)) / across);
  if (width < 80) return <section class="picture diagnostics" />;
  return (
    <section class="picture diagnostics">
      <h2>{TRUSTED[target]}</h2>
      <div class="diagnostic-grid" style={{ "--cell": `${cell}px` }}>
        {figures.map((figure) => {
          const Draw = DRAW[figure];
          return <Draw key={figure} {...{ diagnostics, target }} verdict={verdicts[VERDICT[figure]] ?? undefined} width={cell} />;
        })}
      </div>
      <p class="legend">
        {diagnostics.points !== undefined && <span><i class={`key dot ${target}`} />{t("a sample")}</span>}
        <span><i class="key dot ink" />{t("a tenth of the samples, mean and 95 % interval")}</span>
      </p>
    </section>
  );
}
