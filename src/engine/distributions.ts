import betainc from "@stdlib/math-base-special-betainc";
import betaincinv from "@stdlib/math-base-special-betaincinv";

/** Two-sided p-value of Student's t: I_{v/(v+t^2)}(v/2, 1/2). */
export function tTwoSided(t: number, dof: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  return betainc(dof / (dof + t * t), dof / 2, 0.5);
}

/** Upper tail of the F distribution: I_{d2/(d2+d1 f)}(d2/2, d1/2). */
export function fUpper(f: number, dof1: number, dof2: number): number {
  if (Number.isNaN(f)) return Number.NaN;
  return betainc(dof2 / (dof2 + dof1 * f), dof2 / 2, dof1 / 2);
}

/** The t with `level` of Student's distribution between -t and t. */
export function tCritical(level: number, dof: number): number {
  const x = betaincinv(1 - level, dof / 2, 0.5);
  return Math.sqrt((dof * (1 - x)) / x);
}
