/**
 * Seeded normal numbers, the same on every machine. Twelve random bits pick one of 4096 quantiles of the normal
 * distribution: several million weights are drawn while a model is written, and this costs some two nanoseconds each.
 */
const QUANTILES = 4096;
let quantiles: Float64Array | undefined;

/** a[0] x^n + … + a[n] */
const polynomial = (x: number, a: readonly number[]) => a.reduce((sum, coefficient) => sum * x + coefficient, 0);

const TAIL_ABOVE = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
const TAIL_BELOW = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
const ABOVE = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239];
const BELOW = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1];

/**
 * Quantile of the standard normal distribution, relative error below 1.2e-9: P. J. Acklam, An algorithm for
 * computing the inverse normal cumulative distribution function (2003). `p` in (0, 1).
 */
function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(q, TAIL_ABOVE) / polynomial(q, TAIL_BELOW);
  }
  const q = p - 0.5;
  return (q * polynomial(q * q, ABOVE)) / polynomial(q * q, BELOW);
}

function quantileTable(): Float64Array {
  return Float64Array.from({ length: QUANTILES }, (_, i) => normalQuantile((i + 0.5) / QUANTILES));
}

/** FNV-1a over UTF-16 units (Fowler, Noll, Vo), so that every tensor has a stream of its own. */
function hash(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * `length` normal numbers of mean 0, from the stream named `name` of `seed` (any 32-bit integer).
 * Generator: sfc32 of PractRand (Chris Doty-Humphrey), seeded as there.
 */
export function normals(length: number, standardDeviation: number, name: string, seed: number): Float32Array {
  const table = (quantiles ??= quantileTable());
  const values = new Float32Array(length);
  let a = hash(name, seed) | 0;
  let b = seed | 0;
  let c = length | 0;
  let counter = 1;
  // The first twelve draws only mix the seed; then each gives two numbers.
  for (let i = -24; i < length; i += 2) {
    const draw = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + draw) | 0;
    if (i < 0) continue;
    values[i] = table[draw >>> 20]! * standardDeviation;
    if (i + 1 < length) values[i + 1] = table[(draw >>> 8) & 0xfff]! * standardDeviation;
  }
  return values;
}
