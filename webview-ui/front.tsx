import { useMemo } from "preact/hooks";
import { atBudget } from "../src/shared/front.js";
import { DataTable, type Column } from "../src/pictures/dataTable.js";
import { budgetText, ceilBudget, ms, percent } from "../src/shared/format.js";
import { linear, ticks, type Scale } from "../src/pictures/scale.js";
import { roundDrag, sliderRange, type Shown } from "./selection.js";
import type { Point, SearchResult } from "./types.js";
import { useWidth } from "./useWidth.js";
import { t } from "../src/shared/l10n.js";

const HEIGHT = 224;
const MARGIN = { top: 14, right: 14, bottom: 26, left: 38 };

/** The front as stairs: under a budget between two points the lower one is the best there is. */
function stairs(points: readonly Point[], x: Scale, y: Scale): string {
  return points
    .map(({ latency, accuracy }, i) => {
      const [px, py] = [x(latency.value).toFixed(1), y(accuracy.value).toFixed(1)];
      return i === 0 ? `M${px} ${py}` : `H${px}V${py}`;
    })
    .join("");
}

/** The accuracy intervals along the front, closed; empty where a predictor carries none. */
function band(points: readonly Point[], x: Scale, y: Scale): string {
  const with95 = points.flatMap((p) => (p.accuracy.interval === null ? [] : [{ at: p.latency.value, of: p.accuracy.interval }]));
  if (with95.length < 2) return "";
  const edge = (side: 0 | 1) => with95.map((p) => `${x(p.at).toFixed(1)} ${y(p.of[side]).toFixed(1)}`);
  return `M${edge(1).join("L")}L${edge(0).reverse().join("L")}Z`;
}

/** Runs of neighbouring points that lie inside what was measured; none where a predictor cannot tell. */
function insideRuns(points: readonly Point[]): Point[][] {
  const runs: Point[][] = [];
  let open = false;
  for (const point of points) {
    const inside = point.accuracy.extrapolated === false && point.latency.extrapolated === false;
    if (inside && open) runs[runs.length - 1]!.push(point);
    else if (inside) runs.push([point]);
    open = inside;
  }
  return runs;
}

const columns: Column<Point>[] = [
  { head: t("Latency (ms)"), text: (p) => p.latency.value.toFixed(2) },
  { head: t("Accuracy (%)"), text: (p) => p.accuracy.value.toFixed(2) },
  { head: t("95 % interval (%)"), text: (p) => p.accuracy.interval?.map((end) => end.toFixed(2)).join(t(" to ")) ?? t("none") },
  { head: t("Blocks per stage"), text: (p) => p.architecture.stages.map((s) => s.blocks.length).join(" "), words: true },
];

/** The whole exact front; a click, a drag or the arrow keys move the budget along it. */
export function Front(props: { result: SearchResult; shown: Shown | null; budget: number; onMove: (budget: number) => void }) {
  const { result, shown, budget, onMove } = props;
  const { front } = result;
  const [box, width] = useWidth<HTMLDivElement>();
  const range = sliderRange(result);
  const drawing = useMemo(() => {
    if (range === null || width < 80) return null;
    const ends = front.flatMap((p) => [p.accuracy.value, ...(p.accuracy.interval ?? [])]);
    const x = linear([range.min, range.max], [MARGIN.left, width - MARGIN.right]);
    const y = linear([Math.min(...ends), Math.max(...ends)], [HEIGHT - MARGIN.bottom, MARGIN.top]);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    return {
      x, y,
      line: stairs(front, x, y) + `H${x(range.max).toFixed(1)}`,
      band: band(front, x, y),
      inside: insideRuns(front).map((run) => `${stairs(run, x, y)}h1`),
      xTicks: ticks(range.min, range.max, width / 80),
      yTicks: ticks(low, high, 6),
    };
  }, [front, width, range?.min, range?.max]);
  if (range === null) return null;

  const pick = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    if (drawing !== null) {
      onMove(roundDrag(drawing.x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left)));
    }
  };
  const keyDown = (event: KeyboardEvent) => {
    const to = stepTo(front.length, atBudget(front, budget), event.key);
    if (to === null) return;
    event.preventDefault();
    // Rounded up, else the point would not fit its own budget.
    onMove(ceilBudget(front[to]!.latency.value));
  };

  return (
    <section class="front">
      <h2>{t("Every budget: the exact front")}</h2>
      <div ref={box} class="plot">
        {drawing !== null && (
          <svg
            width={width}
            height={HEIGHT}
            tabindex={0}
            role="slider"
            aria-label={t("Point of the Pareto front")}
            aria-valuemin={range.min}
            aria-valuemax={range.max}
            aria-valuenow={budget}
            aria-valuetext={shown === null ? budgetText(budget) : t("{0} at {1}", percent(shown.point.accuracy.value), ms(shown.point.latency.value))}
            onKeyDown={keyDown}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              pick(event);
            }}
            onPointerMove={(event) => event.buttons === 1 && pick(event)}
          >
            <Axes {...drawing} width={width} />
            <path class="band" d={drawing.band} />
            <path class="front-line" d={drawing.line} />
            {drawing.inside.map((d, i) => <path key={i} class="inside" d={d} />)}
            {budget >= range.min && <line class="budget-line" x1={drawing.x(budget)} x2={drawing.x(budget)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />}
            <Markers result={result} shown={shown} x={drawing.x} y={drawing.y} width={width} />
          </svg>
        )}
      </div>
      <FrontLegend inside={(drawing?.inside.length ?? 0) > 0} band={(drawing?.band ?? "") !== ""} found={result.found !== null} certified={shown?.kind === "certified"} budget={budget >= range.min} />
      <DataTable name={t("Pareto front")} columns={columns} rows={front} />
    </section>
  );
}

/** Where a key leads on a front of `length` points; null for other keys. */
export function stepTo(length: number, from: number, key: string): number | null {
  const steps: Record<string, number> = {
    ArrowRight: from + 1, ArrowUp: from + 1, ArrowLeft: from - 1, ArrowDown: from - 1,
    PageUp: from + 10, PageDown: from - 10, Home: 0, End: length - 1,
  };
  const to = steps[key];
  return to === undefined || length === 0 ? null : Math.min(length - 1, Math.max(0, to));
}

function Axes(props: { x: Scale; y: Scale; xTicks: number[]; yTicks: number[]; width: number }) {
  const { x, y, xTicks, yTicks, width } = props;
  return (
    <g>
      {yTicks.map((tick, i) => (
        <g key={tick}>
          <line class="rule" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
          <text x={MARGIN.left - 6} y={y(tick) + 4} text-anchor="end">{tick}{i === yTicks.length - 1 ? " %" : ""}</text>
        </g>
      ))}
      {xTicks.map((tick, i) => (
        <text key={tick} x={x(tick)} y={HEIGHT - 8} text-anchor="middle">{tick}{i === xTicks.length - 1 ? " ms" : ""}</text>
      ))}
    </g>
  );
}

function Markers(props: { result: SearchResult; shown: Shown | null; x: Scale; y: Scale; width: number }) {
  const { result, shown, x, y, width } = props;
  const found = result.found;
  const point = shown?.point;
  const [px, py] = point === undefined ? [0, 0] : [x(point.latency.value), y(point.accuracy.value)];
  const left = px > width - 150;
  return (
    <g>
      {found !== null && <circle class="found" cx={x(found.latency.value)} cy={y(found.accuracy.value)} r={5} />}
      {point !== undefined && shown?.kind === "certified" && (
        <path class="certified" d={`M${px} ${py - 7}L${px + 7} ${py}L${px} ${py + 7}L${px - 7} ${py}Z`} />
      )}
      {point !== undefined && (
        <text class="strong" x={left ? px - 10 : px + 10} y={py + 24} text-anchor={left ? "end" : "start"}>
          {t("{0} at {1}", percent(point.accuracy.value), ms(point.latency.value))}
        </text>
      )}
    </g>
  );
}

function FrontLegend(props: { inside: boolean; band: boolean; found: boolean; certified: boolean; budget: boolean }) {
  return (
    <p class="legend">
      {props.found && <span><i class="key dot" />{t("found by the run")}</span>}
      {props.certified && <span><i class="key diamond" />{t("proven optimum")}</span>}
      {props.budget && <span><i class="key dashed latency" />{t("budget")}</span>}
      {props.band && <span><i class="key area" />{t("95 % interval")}</span>}
      {props.inside && <span><i class="key heavy" />{t("inside what was measured")}</span>}
    </p>
  );
}
