/** Indices of the entries that no other beats in both, by rising latency and accuracy; of equal entries the first. */
export function nonDominated(latency: Float64Array, accuracy: Float64Array): Int32Array {
  const order = new Int32Array(latency.length).map((_, i) => i);
  order.sort((a, b) => latency[a]! - latency[b]! || accuracy[b]! - accuracy[a]! || a - b);
  let best = Number.NEGATIVE_INFINITY;
  return order.filter((i) => {
    if (accuracy[i]! <= best) return false;
    best = accuracy[i]!;
    return true;
  });
}
