/** Householder QR of an n x p matrix with R's limited column pivoting. */
export interface Qr {
  readonly rank: number;
  /** Column order; the first `rank` are independent, the rest aliased with them. */
  readonly pivot: readonly number[];
  /** Thin Q, column by column: `rank` columns of length n. */
  readonly q: readonly Float64Array[];
  /** R^-1 of the independent columns, rank x rank, upper triangular, by rows. */
  readonly rInverse: readonly Float64Array[];
}

/** Tolerance of R's `lm`. */
const TOLERANCE = 1e-7;

const dot = (a: Float64Array, b: Float64Array, from: number): number => {
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
const norm = (a: Float64Array, from: number): number => Math.sqrt(dot(a, a, from));

/**
 * Decomposes the columns (each of length n). A column whose part orthogonal to the columns before it is
 * under 1e-7 of its length moves to the end (LINPACK dqrdc2, as in R's lm), so that the aliased terms
 * are the ones R would name.
 */
export function decompose(columns: readonly Float64Array[]): Qr {
  const n = columns[0]!.length;
  const work = columns.map((column) => Float64Array.from(column));
  const lengths = work.map((column) => norm(column, 0) || 1);
  const pivot = columns.map((_, j) => j);
  const reflectors: Float64Array[] = [];
  const diagonal: number[] = [];
  let rank = columns.length;
  for (let l = 0; l < Math.min(rank, n); l++) {
    while (l < rank && norm(work[pivot[l]!]!, l) < lengths[pivot[l]!]! * TOLERANCE) {
      pivot.push(...pivot.splice(l, 1));
      rank--;
    }
    if (l >= rank) break;
    const column = work[pivot[l]!]!;
    const alpha = column[l]! > 0 ? -norm(column, l) : norm(column, l);
    const reflector = new Float64Array(n);
    for (let i = l; i < n; i++) reflector[i] = column[i]!;
    reflector[l]! -= alpha;
    const scale = norm(reflector, l);
    for (let i = l; i < n; i++) reflector[i]! /= scale;
    for (let j = l; j < pivot.length; j++) reflect(reflector, work[pivot[j]!]!, l);
    reflectors.push(reflector);
    diagonal.push(alpha);
  }
  rank = Math.min(rank, n);
  const r = pivot.slice(0, rank).map((j) => work[j]!);
  return { rank, pivot, q: thinQ(reflectors.slice(0, rank), n), rInverse: invertUpper(r, rank) };
}

/** column -= 2 (v . column) v, from row `from` on. */
function reflect(v: Float64Array, column: Float64Array, from: number): void {
  const twice = 2 * dot(v, column, from);
  for (let i = from; i < column.length; i++) column[i]! -= twice * v[i]!;
}

function thinQ(reflectors: readonly Float64Array[], n: number): Float64Array[] {
  return reflectors.map((_, j) => {
    const column = new Float64Array(n);
    column[j] = 1;
    for (let l = reflectors.length - 1; l >= 0; l--) reflect(reflectors[l]!, column, 0);
    return column;
  });
}

/** Inverse of the upper triangle whose columns are `r`; by rows. */
function invertUpper(r: readonly Float64Array[], rank: number): Float64Array[] {
  const inverse = Array.from({ length: rank }, () => new Float64Array(rank));
  for (let j = 0; j < rank; j++) {
    inverse[j]![j] = 1 / r[j]![j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += r[k]![i]! * inverse[k]![j]!;
      inverse[i]![j] = -sum / r[i]![i]!;
    }
  }
  return inverse;
}
