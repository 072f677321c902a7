/**
 * Indices of the entries that no other beats in both, by rising latency and accuracy; of equal entries the first.
 *
 * A first pass notes the best accuracy in each of many intervals of latency; a second leaves out every entry that one
 * of a faster interval beats, nearly all of them, so that few are left to sort.
 */
export function nonDominated(latency: Float64Array, accuracy: Float64Array): Int32Array {
  const order = notBeatenByFaster(latency, accuracy);
  order.sort((a, b) => latency[a]! - latency[b]! || accuracy[b]! - accuracy[a]! || a - b);
  let best = Number.NEGATIVE_INFINITY;
  return order.filter((i) => {
    if (accuracy[i]! <= best) return false;
    best = accuracy[i]!;
    return true;
  });
}

const INTERVALS = 4096;

/** Indices of the entries that none of a faster interval of latency equals or beats in accuracy. */
function notBeatenByFaster(latency: Float64Array, accuracy: Float64Array): Int32Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < latency.length; i++) {
    low = Math.min(low, latency[i]!);
    high = Math.max(high, latency[i]!);
  }
  const scale = high > low ? (INTERVALS - 1) / (high - low) : 0;
  // best[k + 1]: of intervals up to k, once they are accumulated.
  const best = new Float64Array(INTERVALS + 1).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < latency.length; i++) {
    const after = Math.floor((latency[i]! - low) * scale) + 1;
    best[after] = Math.max(best[after]!, accuracy[i]!);
  }
  for (let k = 1; k <= INTERVALS; k++) best[k] = Math.max(best[k]!, best[k - 1]!);
  const left = new Int32Array(latency.length);
  let length = 0;
  for (let i = 0; i < latency.length; i++) {
    if (accuracy[i]! > best[Math.floor((latency[i]! - low) * scale)]!) left[length++] = i;
  }
  return left.subarray(0, length);
}
