import { Axes } from "../../src/pictures/axes.js";
import { placeLabels, type Placed } from "../../src/pictures/labels.js";
import { padded } from "../../src/pictures/path.js";
import { linear, ticks } from "../../src/pictures/scale.js";
import { millions } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** A measured subnet: what it costs, and how good it is. */
export interface CostPoint {
  multiplyAdds: number;
  /** % */
  top1: number;
  interval?: readonly [number, number];
  heldOut?: boolean;
  /** Named in the picture where there is room; such a point shows its interval as well. */
  name?: string;
}

const HEIGHT = 300;

/** Measured top-1 over multiply-adds. @param label what a person who does not see it hears */
export function CostDrawing({ points, width, label }: { points: readonly CostPoint[]; width: number; label: string }) {
  const frame = { left: 44, right: width - 14, top: 24, bottom: HEIGHT - 40 };
  const inMillions = points.map(({ multiplyAdds }) => multiplyAdds / 1e6);
  const [left, right] = padded(inMillions, 0.06);
  const [low, high] = padded(points.flatMap(({ top1, name, interval }) => (name === undefined || interval === undefined ? [top1] : [top1, ...interval])), 0.08);
  const x = linear([Math.max(0, left), right], [frame.left, frame.right]);
  const y = linear([Math.max(0, low), Math.min(100, high)], [frame.bottom, frame.top]);
  const at = (point: CostPoint) => ({ x: x(point.multiplyAdds / 1e6), y: y(point.top1) });
  // The best first: where there is no room for all, its label stands.
  const named = points.filter(({ name }) => name !== undefined).sort((a, b) => b.top1 - a.top1);
  const whiskers = named.flatMap(({ multiplyAdds, interval }) => (interval === undefined ? [] : [interval.map((end) => ({ x: x(multiplyAdds / 1e6), y: y(end) }))]));
  const labels = placeLabels(named.map((point) => ({ ...at(point), text: point.name! })), { ...frame, top: 0, right: width }, whiskers);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={label}>
      <Axes {...{ x, y, frame }} xTicks={ticks(Math.max(0, left), right, width / 60)} yTicks={ticks(Math.max(0, low), Math.min(100, high), 5)} xName={t("multiply-adds, millions")} yName={t("top-1, measured, %")} />
      {points.map((point, i) => <Dot key={i} point={point} {...at(point)} y={y} />)}
      {labels.map((place, i) => place !== null && <Label key={i} text={named[i]!.name!} place={place} x={at(named[i]!).x} />)}
    </svg>
  );
}

/** Set from the side its dot is on, so that it keeps clear of it in every font. @param x of its dot */
function Label({ text, place, x }: { text: string; place: Placed; x: number }) {
  const side = place.x > x ? "start" : place.x < x - 6 * text.length ? "end" : "middle";
  return <text class="strong haloed" x={side === "start" ? place.x : side === "end" ? x - 9 : x} y={place.y + 4} text-anchor={side}>{text}</text>;
}

function Dot({ point, x, y }: { point: CostPoint; x: number; y: (value: number) => number }) {
  const { name, interval, top1, heldOut, multiplyAdds } = point;
  return (
    <g>
      {name !== undefined && interval !== undefined && <line class="reach" x1={x} x2={x} y1={y(interval[0])} y2={y(interval[1])} />}
      <circle class={`sample accuracy ${heldOut === true ? "hollow" : name !== undefined ? "solid" : ""}`} cx={x} cy={y(top1)} r={name === undefined ? 4 : 5}>
        <title>{t("{0}{1} % with {2} multiply-adds", name === undefined ? "" : `${name}: `, top1.toFixed(2), millions(multiplyAdds))}</title>
      </circle>
    </g>
  );
}
