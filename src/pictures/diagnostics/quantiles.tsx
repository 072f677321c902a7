import type { Diagnostics } from "../../shared/diagnostics.js";
import type { Column } from "../dataTable.js";
import { line, padded, ribbon } from "../path.js";
import { STEP_UNIT } from "../target.js";
import type { FigureProps } from "./fitted.js";
import { Dots, Whiskered } from "./marks.js";
import { SmallChart } from "./smallChart.js";
import { t } from "../../shared/l10n.js";

const quantileColumns: readonly Column<Diagnostics["quantiles"][number]>[] = [
  { head: t("Normal quantile"), text: (q) => q.normal.toFixed(3) },
  { head: t("Standardised residual"), text: (q) => q.observed.toFixed(3) },
];

/** Standardised residuals against normal quantiles: on the line where the noise is normal. */
export function Quantiles({ diagnostics: { quantiles }, target, verdict, width }: FigureProps) {
  const domain = padded(quantiles.map((q) => q.normal));
  const [low, high] = padded(quantiles.flatMap((q) => [q.normal, q.observed]));
  return (
    <SmallChart
      name={t("Normal quantiles")} {...{ verdict, width }} x={domain} y={[low, high]} xName={t("normal quantile")} yName={t("standardised residual")}
      columns={quantileColumns} rows={quantiles} label={t("Standardised residuals at {0} normal quantiles", quantiles.length)}
    >
      {(x, y) => (
        <>
          <path class="front-line" d={line([[low, low], [high, high]], x, y)} />
          <Dots at={quantiles.map((q) => [q.normal, q.observed] as const)} {...{ x, y, target }} />
        </>
      )}
    </SmallChart>
  );
}

const learningColumns: readonly Column<Diagnostics["learning"][number]>[] = [
  { head: t("Samples"), text: (step) => String(step.n) },
  { head: t("Held-out error (RMSE)"), text: (step) => step.rmse.toFixed(3) },
  { head: t("Standard deviation over draws"), text: (step) => step.deviation.toFixed(3) },
];

/** Held-out error against the number of samples fitted to, with one standard deviation over draws. */
export function Learning({ diagnostics: { learning }, target, verdict, width }: FigureProps) {
  const most = Math.max(1e-9, ...learning.map((step) => step.rmse + step.deviation));
  const last = learning.at(-1);
  return (
    <SmallChart
      name={t("Learning curve")} {...{ verdict, width }} x={padded(learning.map((step) => step.n))} y={[0, most * 1.05]} xName={t("samples fitted to")} yName={t("held-out RMSE, {0}", STEP_UNIT[target])}
      columns={learningColumns} rows={learning}
      label={t("Held-out error against the number of samples{0}", last === undefined ? "" : t("; {0} {1} at {2}", last.rmse.toFixed(3), STEP_UNIT[target], last.n))}
    >
      {(x, y) => (
        <>
          <path class={`band ${target}`} d={ribbon(learning.map((step) => ({ at: step.n, low: Math.max(0, step.rmse - step.deviation), high: step.rmse + step.deviation })), x, y)} />
          <path class={`curve ${target}`} d={line(learning.map((step) => [step.n, step.rmse] as const), x, y)} />
          <Whiskered at={learning.map((step) => ({ x: step.n, y: step.rmse, low: step.rmse, high: step.rmse }))} x={x} y={y} />
        </>
      )}
    </SmallChart>
  );
}
