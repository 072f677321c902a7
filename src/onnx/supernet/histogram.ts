import { SupernetError } from "./errors.js";

/** As in NVIDIA's calibrators (github.com/NVIDIA/TensorRT, tools/pytorch-quantization, calib/histogram.py). */
const BINS = 2048;
/** Bins are never narrower than the largest number times this: their indices stay exact integers. */
const FINEST = 2 ** -30;
/** Widths are powers of two from here on, so that bins can be merged in pairs. */
const SMALLEST_EXPONENT = -120;

/** Share of all numbers that a percentile range keeps (Wu et al. 2020, arXiv 2004.09602, section 5.1: 99.99 %). */
export const KEPT_SHARE = 0.9999;

/** Smallest power of two (its exponent) that is not below x. */
const exponentOf = (x: number): number => (x <= 2 ** SMALLEST_EXPONENT ? SMALLEST_EXPONENT : Math.ceil(Math.log2(x) - 1e-12));

/**
 * How often numbers fall into each of 2048 equal bins. Bin k holds [k w, (k + 1) w); w is a power of two that doubles,
 * neighbours merging, whenever a number falls outside. So counts are exact for the final width, whatever the order of
 * the numbers.
 */
export class Histogram {
  private counts = new Float64Array(BINS);
  private exponent = SMALLEST_EXPONENT;
  /** Index of the first bin. */
  private first = 0;
  private total = 0;
  private low = Infinity;
  private high = -Infinity;

  constructor(private readonly name: string) {}

  /** @throws SupernetError for a number that is not finite */
  add(values: Float32Array): void {
    let { low, high } = this;
    let zero = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
      zero += value * 0;
    }
    if (zero !== 0) throw new SupernetError(`Activations of ${this.name}: found a number that is not finite. The weights make them overflow.`);
    if (values.length === 0) return;
    this.cover(low, high);
    const { counts, first } = this;
    const inverse = 2 ** -this.exponent;
    for (let i = 0; i < values.length; i++) counts[Math.floor(values[i]! * inverse) - first]!++;
    this.total += values.length;
  }

  /**
   * The middle share of all numbers: as many are cut off above as below. Ends are those of bins, and never beyond the
   * smallest and largest number.
   * @param share in (0, 1]; 1 gives the extremes
   */
  range(share: number): readonly [number, number] {
    if (this.total === 0) throw new SupernetError(`Range of ${this.name}: found no numbers.`);
    const cut = (this.total * (1 - share)) / 2;
    const width = 2 ** this.exponent;
    const bottom = this.binBeyond(cut, 0, 1);
    const top = this.binBeyond(cut, BINS - 1, -1);
    // + 0 makes 0 of -0, which is no smaller.
    return [Math.max(this.low, (this.first + bottom) * width) + 0, Math.min(this.high, (this.first + top + 1) * width) + 0];
  }

  /** The first bin, walking from one end, at which more than `cut` numbers lie behind. */
  private binBeyond(cut: number, from: number, step: 1 | -1): number {
    let seen = 0;
    let bin = from;
    while ((seen += this.counts[bin]!) <= cut && bin + step >= 0 && bin + step < BINS) bin += step;
    return bin;
  }

  /** Widens the bins until they hold [low, high]. */
  private cover(low: number, high: number): void {
    let exponent = Math.max(this.exponent, exponentOf(Math.max(-low, high) * FINEST), exponentOf((high - low) / BINS));
    while (Math.floor(high * 2 ** -exponent) - Math.floor(low * 2 ** -exponent) >= BINS) exponent++;
    const first = Math.floor(low * 2 ** -exponent);
    if (exponent !== this.exponent || first !== this.first) {
      const counts = new Float64Array(BINS);
      const shrink = 2 ** (this.exponent - exponent);
      for (let bin = 0; bin < BINS; bin++) {
        if (this.counts[bin]! > 0) counts[Math.floor((this.first + bin) * shrink) - first]! += this.counts[bin]!;
      }
      Object.assign(this, { counts, exponent, first });
    }
    Object.assign(this, { low, high });
  }
}

/**
 * Ranges that leave out the farthest numbers: 0.005 % below and as many above, over all pixels, channels and images.
 * A lone outlier then costs itself, and not the resolution of all others (Wu et al. 2020, arXiv 2004.09602).
 */
export class RangeHistograms {
  private readonly histograms = new Map<string, Histogram>();

  /** Adds numbers of a tensor (see `activationsModel`). */
  add(tensor: string, values: Float32Array): void {
    const found = this.histograms.get(tensor) ?? new Histogram(tensor);
    this.histograms.set(tensor, found);
    found.add(values);
  }

  /** For `knownRanges`. */
  ranges(share = KEPT_SHARE): ReadonlyMap<string, readonly [number, number]> {
    return new Map([...this.histograms].map(([tensor, histogram]) => [tensor, histogram.range(share)]));
  }
}
