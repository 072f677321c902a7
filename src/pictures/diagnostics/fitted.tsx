import type { DiagnosticPoint, Diagnostics } from "../../shared/diagnostics.js";
import type { Column } from "../dataTable.js";
import { line, padded } from "../path.js";
import { STEP_UNIT, UNIT, type Target } from "../target.js";
import { Dots, Whiskered } from "./marks.js";
import { SmallChart } from "./smallChart.js";
import type { Verdict } from "./verdict.js";
import { t } from "../../shared/l10n.js";

export interface FigureProps {
  diagnostics: Diagnostics;
  target: Target;
  verdict: Verdict | null | undefined;
  width: number;
}

type Bin = Diagnostics["bins"][number];
const pointColumns: readonly Column<DiagnosticPoint>[] = [
  { head: t("Fitted"), text: (p) => p.fitted.toFixed(3) },
  { head: t("Measured"), text: (p) => p.measured.toFixed(3) },
  { head: t("Held out"), text: (p) => p.leaveOneOut.toFixed(3) },
  { head: t("Standardised residual"), text: (p) => p.standardised.toFixed(2) },
  { head: t("Leverage"), text: (p) => p.leverage.toFixed(3) },
  { head: t("Cook’s distance"), text: (p) => p.cook.toFixed(3) },
];
const binColumns: readonly Column<Bin>[] = [
  { head: t("Samples"), text: (bin) => String(bin.n) },
  { head: t("Mean fitted"), text: (bin) => bin.fitted.toFixed(3) },
  { head: t("Mean measured"), text: (bin) => bin.measured.toFixed(3) },
  { head: t("Mean residual"), text: (bin) => bin.residual.toFixed(3) },
  { head: t("95 % interval"), text: (bin) => bin.interval.map((end) => end.toFixed(3)).join(t(" to ")) },
  { head: t("Scale"), text: (bin) => bin.scale.toFixed(3) },
];

const ends = (values: readonly number[]): [number, number] => padded(values, 0);
const means = (bins: readonly Bin[]) => bins.map((bin) => ({ x: bin.fitted, y: bin.residual, low: bin.interval[0], high: bin.interval[1] }));

/** Measured against predicted; on the line they are equal. Points are held out, tenths are fitted. */
export function PredictedMeasured({ diagnostics: { points, bins }, target, verdict, width }: FigureProps) {
  const at = points?.map((p) => [p.leaveOneOut, p.measured] as const) ?? [];
  const tenths = bins.map((bin) => ({ x: bin.fitted, y: bin.measured, low: bin.fitted + bin.interval[0], high: bin.fitted + bin.interval[1] }));
  const drawn = at.length > 0 ? at.flat() : tenths.flatMap((mean) => [mean.x, mean.low, mean.high]);
  const domain = padded(drawn);
  const common = {
    name: t("Predicted and measured"), verdict, width, x: domain, y: domain,
    xName: `${at.length > 0 ? t("predicted, held out") : t("predicted, mean of a tenth")}, ${UNIT[target]}`, yName: t("measured, {0}", UNIT[target]),
    label: at.length > 0 ? t("Measured against predicted for {0} samples, each by a fit without it", at.length) : t("Measured against predicted for {0} groups of samples", bins.length),
  };
  const marks: Parameters<typeof SmallChart>[0]["children"] = (x, y) => (
    <>
      <path class="front-line" d={line([[domain[0], domain[0]], [domain[1], domain[1]]], x, y)} />
      {at.length > 0 ? <Dots {...{ at, x, y, target }} /> : <Whiskered at={tenths} x={x} y={y} />}
    </>
  );
  return points !== undefined && at.length > 0
    ? <SmallChart {...common} columns={pointColumns} rows={points}>{marks}</SmallChart>
    : <SmallChart {...common} columns={binColumns} rows={bins}>{marks}</SmallChart>;
}

/** What is left over the fitted value: means of tenths with intervals, over the samples where they are kept. */
export function Residuals({ diagnostics: { points = [], bins }, target, verdict, width }: FigureProps) {
  const at = points.map((p) => [p.fitted, p.measured - p.fitted] as const);
  const xs = padded([...at.map(([fitted]) => fitted), ...bins.map((bin) => bin.fitted)]);
  return (
    <SmallChart
      name={t("Residuals")} {...{ verdict, width }} x={xs} y={padded([0, ...at.map(([, rest]) => rest), ...bins.flatMap((bin) => bin.interval)])}
      xName={t("fitted, {0}", UNIT[target])} yName={t("measured − fitted, {0}", STEP_UNIT[target])} columns={binColumns} rows={bins}
      label={t("Residuals over the fitted value; the mean of the largest tenth is {0} {1}", (bins.at(-1)?.residual ?? 0).toFixed(2), STEP_UNIT[target])}
    >
      {(x, y) => (
        <>
          <path class="front-line" d={line([[xs[0], 0], [xs[1], 0]], x, y)} />
          <Dots {...{ at, x, y, target }} />
          <Whiskered at={means(bins)} x={x} y={y} />
        </>
      )}
    </SmallChart>
  );
}

/** Root of the absolute standardised residual over the fitted value: level where the noise is the same everywhere. */
export function ScaleLocation({ diagnostics: { points = [], bins }, target, verdict, width }: FigureProps) {
  const at = points.map((p) => [p.fitted, Math.sqrt(Math.abs(p.standardised))] as const);
  const [least, most] = ends(bins.map((bin) => bin.scale));
  return (
    <SmallChart
      name={t("Scale and location")} {...{ verdict, width }} x={padded([...at.map(([fitted]) => fitted), ...bins.map((bin) => bin.fitted)])}
      y={[0, padded([...at.map(([, root]) => root), ...bins.map((bin) => bin.scale)])[1]]}
      xName={t("fitted, {0}", UNIT[target])} yName={t("√|standardised residual|")} columns={binColumns} rows={bins}
      label={t("Spread of the residuals over the fitted value: the means of ten groups lie between {0} and {1}", least.toFixed(2), most.toFixed(2))}
    >
      {(x, y) => (
        <>
          <Dots {...{ at, x, y, target }} />
          <path class="curve mean-line" d={line(bins.map((bin) => [bin.fitted, bin.scale] as const), x, y)} />
          <Whiskered at={bins.map((bin) => ({ x: bin.fitted, y: bin.scale, low: bin.scale, high: bin.scale }))} x={x} y={y} />
        </>
      )}
    </SmallChart>
  );
}
