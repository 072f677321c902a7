import type { DiagnosticPoint } from "../../shared/diagnostics.js";
import type { Column } from "../dataTable.js";
import { line, padded, type Point } from "../path.js";
import type { FigureProps } from "./fitted.js";
import { Dots } from "./marks.js";
import { SmallChart } from "./smallChart.js";
import { VerdictLine } from "./verdict.js";
import { t } from "../../shared/l10n.js";

const columns: readonly Column<DiagnosticPoint>[] = [
  { head: t("Leverage"), text: (p) => p.leverage.toFixed(3) },
  { head: t("Standardised residual"), text: (p) => p.standardised.toFixed(2) },
  { head: t("Cook’s distance"), text: (p) => p.cook.toFixed(3) },
];

/**
 * Standardised residual at which Cook's distance is `distance` for a leverage and a number of terms:
 * D = r^2 h / (p (1 - h)) (Cook, Technometrics 19, 1977).
 */
export const cookContour = (distance: number, leverage: number, terms: number): number => Math.sqrt((distance * terms * (1 - leverage)) / leverage);

/** How far out a sample lies and how badly it fits; beyond a contour it pulls the fit. Without samples, the numbers. */
export function Leverage({ diagnostics, target, verdict, width }: FigureProps) {
  const { points = [], leverage, cook } = diagnostics;
  if (points.length === 0) {
    return (
      <div class="diagnostic">
        <h4>{t("Leverage and influence")}</h4>
        <VerdictLine verdict={verdict} />
        <dl class="numbers drawn">
          <div><dt>{t("Leverage, mean")}</dt><dd>{leverage.mean.toFixed(3)}</dd></div>
          <div><dt>{t("Leverage, largest")}</dt><dd>{leverage.max.toFixed(3)}</dd></div>
          <div><dt>{t("Cook’s distance, largest")}</dt><dd>{t("{0} (row {1})", cook.max.toFixed(3), cook.maxRow + 1)}</dd></div>
          <div><dt>{t("Samples above 4/n")}</dt><dd>{cook.above}</dd></div>
        </dl>
      </div>
    );
  }
  // Leverages add up to the number of terms.
  const terms = leverage.mean * points.length;
  const right = Math.min(0.999, Math.max(...points.map((p) => p.leverage)) * 1.08);
  const reach = Math.max(3, ...points.map((p) => Math.abs(p.standardised))) * 1.08;
  return (
    <SmallChart
      name={t("Leverage and influence")} {...{ verdict, width, columns }} x={[0, right]} y={padded([-reach, reach], 0)} xName={cookContour(0.5, right, terms) < reach ? t("leverage") : t("leverage; Cook’s distance 0.5 lies outside")} yName={t("standardised residual")} rows={points}
      label={t("Standardised residual against leverage of {0} samples; the largest Cook's distance is {1}, and {2} are above 4/n", points.length, cook.max.toFixed(2), cook.above)}
    >
      {(x, y, frame) => (
        <>
          <path class="rule" d={line([[0, 0], [right, 0]], x, y)} />
          {[0.5, 1].map((distance) => <Contour key={distance} {...{ distance, terms, right, reach, x, y }} end={frame.right} />)}
          <Dots at={points.map((p) => [p.leverage, p.standardised] as const)} {...{ x, y, target }} />
        </>
      )}
    </SmallChart>
  );
}

function Contour(props: { distance: number; terms: number; right: number; reach: number; x: (v: number) => number; y: (v: number) => number; end: number }) {
  const { distance, terms, right, reach, end } = props;
  const scale = { x: props.x as Parameters<typeof line>[1], y: props.y as Parameters<typeof line>[2] };
  const upper = Array.from({ length: 60 }, (_, i): Point => {
    const h = (right * (i + 1)) / 60;
    return [h, cookContour(distance, h, terms)];
  });
  const last = upper.at(-1)![1];
  return (
    <g>
      <path class="contour" d={line(upper, scale.x, scale.y)} />
      <path class="contour" d={line(upper.map(([h, r]): Point => [h, -r]), scale.x, scale.y)} />
      {last < reach && <text x={end - 2} y={props.y(last) - 4} text-anchor="end">{t("Cook’s {0}", distance)}</text>}
    </g>
  );
}
