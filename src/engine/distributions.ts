import betainc from "@stdlib/math-base-special-betainc";

/** Two-sided p-value of Student's t: I_{v/(v+t^2)}(v/2, 1/2). */
export function tTwoSided(t: number, dof: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  const square = t * t;
  // Near 0 the argument would round to 1; the other tail keeps its digits.
  return square < dof
    ? betainc(square / (dof + square), 0.5, dof / 2, true, true)
    : betainc(dof / (dof + square), dof / 2, 0.5);
}

/** P(T <= t) of Student's t. */
export function tCdf(t: number, dof: number): number {
  const outside = tTwoSided(t, dof) / 2;
  return t < 0 ? outside : 1 - outside;
}

/** Upper tail of the F distribution: I_{d2/(d2+d1 f)}(d2/2, d1/2). */
export function fUpper(f: number, dof1: number, dof2: number): number {
  if (Number.isNaN(f)) return Number.NaN;
  const scaled = dof1 * f;
  return scaled < dof2
    ? betainc(scaled / (dof2 + scaled), dof1 / 2, dof2 / 2, true, true)
    : betainc(dof2 / (dof2 + scaled), dof2 / 2, dof1 / 2);
}

/**
 * The t with `level` (in 0 … 1) of Student's distribution between -t and t, by bisection to the last digit. The library's
 * inverse makes code from text, which the policy of a webview refuses, and this file is the panel's as well.
 */
export function tCritical(level: number, dof: number): number {
  const outside = 1 - level;
  let low = 0;
  let high = 1;
  while (tTwoSided(high, dof) > outside) [low, high] = [high, 2 * high];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (tTwoSided(middle, dof) > outside) low = middle;
    else high = middle;
  }
}

/** The t with P(T <= t) = p of Student's distribution, for p from 0.5 up. */
export const tQuantile = (p: number, dof: number): number => tCritical(2 * p - 1, dof);
