import erfcinv from "@stdlib/math-base-special-erfcinv";
import gammainc from "@stdlib/math-base-special-gammainc";

/** Upper tail of the chi-squared distribution: Q(dof/2, x/2), the regularised upper incomplete gamma function. */
export function chi2Upper(x: number, dof: number): number {
  return gammainc(x / 2, dof / 2, true, true);
}

/** The z with probability p (in 0 … 1) of the standard normal distribution below it. */
export function normalQuantile(p: number): number {
  // From the nearer tail, which keeps its digits.
  return p < 0.5 ? -Math.SQRT2 * erfcinv(2 * p) : Math.SQRT2 * erfcinv(2 * (1 - p));
}
