/**
 * Smaller filters: for each of `filters` (rows of larger * larger numbers) the centre, smaller * smaller numbers, times
 * the matrix [smaller^2, smaller^2], which all channels share (Once-for-All, Cai et al. 2020, arXiv 1908.09791, section 3.3).
 */
export function shrinkFilters(filters: Float32Array, larger: number, smaller: number, matrix: Float32Array): Float32Array {
  const [from, to] = [larger ** 2, smaller ** 2];
  const channels = filters.length / from;
  const edge = (larger - smaller) / 2;
  const made = new Float32Array(channels * to);
  const crop = new Float64Array(to);
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < smaller; row++) {
      const start = channel * from + (row + edge) * larger + edge;
      for (let column = 0; column < smaller; column++) crop[row * smaller + column] = filters[start + column]!;
    }
    for (let i = 0; i < to; i++) {
      let sum = 0;
      for (let j = 0, at = i * to; j < to; j++) sum += matrix[at + j]! * crop[j]!;
      made[channel * to + i] = sum;
    }
  }
  return made;
}
