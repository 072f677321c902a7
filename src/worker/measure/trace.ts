import { placeName, placesOfTrace } from "../../onnx/places.js";
import type { PlaceTrace } from "../../shared/measure.js";
import { estimate, p25 } from "./estimate.js";
import type { Kernel } from "./profileFile.js";
import { median } from "./statistics.js";

/** A profile counts in us. */
const LEAST_MS = 1e-3;

/**
 * Tables of networks that were traced side by side: run `t` of each belongs to round `t`. Every place of every network
 * is a row of readings, and as with whole networks each reading is divided by its round's drift. A kernel is too short
 * to be interrupted often, so that the wall clock of the profile is as good as CPU time here.
 * @param profiles runs of each network, as many for each, and each run's kernels
 * @throws RangeError for a trace without any node of ours
 */
export function tracesOf(profiles: readonly (readonly (readonly Kernel[])[])[]): PlaceTrace[] {
  const places = profiles.map((runs) => placesOfTrace(runs[0]!.map(({ node }) => node)).map(placeName));
  const rows = profiles.flatMap((runs, i) =>
    [...new Set(places[i])].map((place) => sums(runs, ({ ms }) => ms, (at) => places[i]![at] === place)),
  );
  const { networks: times, drift } = estimate(rows);
  const corrected = (row: readonly number[]) => row.map((ms, t) => ms / drift[t]!);
  let next = 0;
  return profiles.map((runs, i) => {
    const own = places[i]!;
    const ops = runs[0]!.map(({ op }) => op);
    const names = [...new Set(own)];
    const gaps = names.map((place) => p25(corrected(sums(runs, ({ gapMs }) => gapMs, (at) => own[at] === place))));
    return {
      runs: runs.length,
      places: names.map((place) => ({
        place,
        ms: times[next++]!.latencyMs,
        kernels: [...new Set(ops.filter((_, at) => own[at] === place))].map((op) => ({
          op,
          ms: median(corrected(sums(runs, ({ ms }) => ms, (at) => own[at] === place && ops[at] === op))),
        })),
      })),
      overheadMs: gaps.reduce((a, b) => a + b, 0),
    };
  });
}

/** Of each run, the sum over some of its kernels, ms. */
function sums(runs: readonly (readonly Kernel[])[], time: (kernel: Kernel) => number, chosen: (at: number) => boolean): number[] {
  return runs.map((run) => {
    const sum = run.reduce((total, kernel, at) => (chosen(at) ? total + time(kernel) : total), 0);
    return Math.max(LEAST_MS, sum);
  });
}
