import type { Scale } from "./scale.js";

export type Point = readonly [x: number, y: number];

const place = (x: Scale, y: Scale) => ([px, py]: Point): string => `${x(px).toFixed(1)} ${y(py).toFixed(1)}`;

/** An open line through the points; empty for none. */
export const line = (points: readonly Point[], x: Scale, y: Scale): string => (points.length === 0 ? "" : `M${points.map(place(x, y)).join("L")}`);

/** The area between two lines over the same x; empty for less than two points. */
export function ribbon(points: readonly { at: number; low: number; high: number }[], x: Scale, y: Scale): string {
  if (points.length < 2) return "";
  const upper = points.map(({ at, high }): Point => [at, high]);
  const lower = points.map(({ at, low }): Point => [at, low]).reverse();
  return `M${[...upper, ...lower].map(place(x, y)).join("L")}Z`;
}

/** The values with some room around; never empty. */
export function padded(values: readonly number[], share = 0.05): [number, number] {
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const pad = (high - low || Math.abs(high) || 1) * share;
  return [low - pad, high + pad];
}
