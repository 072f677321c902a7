import betainc from "@stdlib/math-base-special-betainc";
import betaincinv from "@stdlib/math-base-special-betaincinv";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import gammainc from "@stdlib/math-base-special-gammainc";

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
export function tLower(t: number, dof: number): number {
  const tail = tTwoSided(t, dof) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** Upper tail of the F distribution: I_{d2/(d2+d1 f)}(d2/2, d1/2). */
export function fUpper(f: number, dof1: number, dof2: number): number {
  if (Number.isNaN(f)) return Number.NaN;
  const scaled = dof1 * f;
  return scaled < dof2
    ? betainc(scaled / (dof2 + scaled), dof1 / 2, dof2 / 2, true, true)
    : betainc(dof2 / (dof2 + scaled), dof2 / 2, dof1 / 2);
}

/** The t with `level` of Student's distribution between -t and t. */
export function tCritical(level: number, dof: number): number {
  const x = betaincinv(1 - level, dof / 2, 0.5);
  return Math.sqrt((dof * (1 - x)) / x);
}

/** Upper tail of the chi-squared distribution: Q(dof/2, x/2), the regularised upper incomplete gamma function. */
export function chi2Upper(x: number, dof: number): number {
  return gammainc(x / 2, dof / 2, true, true);
}

/** The z with probability p (in 0 … 1) of the standard normal distribution below it. */
export function normalQuantile(p: number): number {
  // From the nearer tail, which keeps its digits.
  return p < 0.5 ? -Math.SQRT2 * erfcinv(2 * p) : Math.SQRT2 * erfcinv(2 * (1 - p));
}
