/** A linear map from data to pixels and back. */
export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
}

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const span = domain[1] - domain[0] || 1;
  const factor = (range[1] - range[0]) / span;
  return Object.assign((value: number) => range[0] + (value - domain[0]) * factor, {
    invert: (pixel: number) => domain[0] + (pixel - range[0]) / factor,
  });
}

/** Round numbers inside [low, high], about `wanted` of them, steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, wanted: number): number[] {
  if (!(high > low) || wanted < 1) return [];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((candidate) => candidate >= rough * 0.999) ?? 10 * power;
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}
