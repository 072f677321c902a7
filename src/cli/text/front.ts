import type { FrontResult } from "../../shared/results.js";
import { originLines } from "./cards.js";
import { count, fixed } from "./numbers.js";

const ROWS = 24;
const CELLS = 40;

/** A front as a person reads it: some points of it, evenly spread over the latency, with bars for the accuracy. */
export function frontText({ points, elapsedMs, predictors }: FrontResult): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "The front is empty.\n";
  const span = last.accuracy - first.accuracy || 1;
  const rows = spread(points).map(({ latency, accuracy }) => {
    const filled = 1 + Math.round(((CELLS - 1) * (accuracy - first.accuracy)) / span);
    return `  ${fixed(latency, 2).padStart(8)} ms  ${fixed(accuracy, 2).padStart(6)} %  ${"█".repeat(filled)}`;
  });
  const shownAll = rows.length === points.length;
  return [
    `FOX-NAS · the exact Pareto front of ${predictors.latency.space} · ${predictors.latency.device ?? "device unknown"} · ${count(points.length)} points in ${fixed(elapsedMs, 0)} ms`,
    "",
    `  ${"latency".padStart(11)}  ${"accuracy".padStart(8)}`,
    ...rows,
    ...(shownAll ? [] : [`  ${rows.length} of ${count(points.length)} points; --json lists them all, with their architectures.`]),
    "",
    ...originLines(predictors),
    "",
  ].join("\n");
}

/** At most ROWS points, the first and the last among them, nearest to equal steps of latency. */
function spread(points: FrontResult["points"]): FrontResult["points"] {
  if (points.length <= ROWS) return points;
  const low = points[0]!.latency;
  const step = (points.at(-1)!.latency - low) / (ROWS - 1);
  const chosen: FrontResult["points"] = [];
  for (const point of points) {
    if (point.latency >= low + chosen.length * step - 1e-9) chosen.push(point);
  }
  if (chosen.at(-1) !== points.at(-1)) chosen.push(points.at(-1)!);
  return chosen;
}
