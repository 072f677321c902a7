import type { Scale } from "../../src/pictures/scale.js";
import { t } from "../../src/shared/l10n.js";

/** Around the square of a scatter plot, px. */
export const MARGIN = { top: 20, right: 14, bottom: 40, left: 44 };
/** A square beyond this would push what is below out of sight. */
export const WIDEST = 380;

/** The frame of a plot of predicted over measured values, milliseconds unless `unit` says otherwise. */
export function Axes(props: { x: Scale; y: Scale; ticks: number[]; side: number; unit?: string }) {
  const { x, y, side, unit = "ms" } = props;
  const bottom = MARGIN.top + side;
  const right = MARGIN.left + side;
  return (
    <g>
      {props.ticks.map((tick) => (
        <g key={tick}>
          <line class="rule" x1={MARGIN.left} x2={right} y1={y(tick)} y2={y(tick)} />
          <line class="rule" x1={x(tick)} x2={x(tick)} y1={MARGIN.top} y2={bottom} />
          <text x={MARGIN.left - 6} y={y(tick) + 4} text-anchor="end">{tick}</text>
          <text x={x(tick)} y={bottom + 16} text-anchor="middle">{tick}</text>
        </g>
      ))}
      <text x={0} y={10}>{t("predicted, {0}", unit)}</text>
      <text x={right} y={bottom + 34} text-anchor="end">{t("measured, {0}", unit)}</text>
    </g>
  );
}
