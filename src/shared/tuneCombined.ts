import type { Tried, TuneMeasured } from "./tune.js";

/**
 * What both batches say of an architecture together: the mean of their readings. Not weighted by their standard errors,
 * since these are of one batch (some 0.3 %) while batches differ by more (some 1 %), so that both tell as much. The
 * standard error (relative) of the mean is that of the readings, or half their distance where that is more.
 */
export function combinedOf({ measured, confirmed }: Pick<Tried, "measured" | "confirmed">): TuneMeasured {
  if (confirmed === null) return measured;
  const latencyMs = (measured.latencyMs + confirmed.latencyMs) / 2;
  const within = Math.hypot(measured.standardError, confirmed.standardError) / 2;
  const between = Math.abs(measured.latencyMs - confirmed.latencyMs) / 2 / latencyMs;
  return { latencyMs, rawMs: (measured.rawMs + confirmed.rawMs) / 2, standardError: Math.max(within, between) };
}
