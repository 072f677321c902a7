/** A part of a prediction in the target's unit (pp or ms), with its 95 % confidence interval where there is a covariance. */
export interface Part {
  readonly value: number;
  readonly interval: [number, number] | null;
}

/**
 * What a stage is made of. The depth stands against the space's mean, the others against the mean stage of that depth:
 * `transition` the first block's expand ratio and kernel size, `expand` and `kernel` those of the other blocks.
 * `together` is what they do only in combination.
 */
export type Choice = "depth" | "transition" | "expand" | "kernel" | "together";
export type PerChoice<T> = Record<Choice, T>;

/** A difference on the scale of eta, with half its confidence interval. */
export interface Shift {
  readonly value: number;
  readonly half: number | null;
}

/** A shift in the target's unit, where one unit of eta is worth `slope`. */
export function partOf({ value, half }: Shift, slope: number): Part {
  return { value: value * slope, interval: half === null ? null : [(value - half) * slope, (value + half) * slope] };
}
