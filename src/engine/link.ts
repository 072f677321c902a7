/** A monotone increasing function from a predictor's linear part (eta) to its value. */
export type Link = { readonly kind: "saturating"; readonly ceiling: number } | null;

/** Value at eta. Saturating: `ceiling - exp(-eta)`; null: eta itself. */
export function linkValue(link: Link, eta: number): number {
  return link === null ? eta : link.ceiling - Math.exp(-eta);
}

/** eta at a value, `-log(ceiling - value)`; NaN at or above the ceiling. */
export function linkEta(link: Link, value: number): number {
  if (link === null) return value;
  return value < link.ceiling ? -Math.log(link.ceiling - value) : Number.NaN;
}

/** d value / d eta. */
export function linkSlope(link: Link, eta: number): number {
  return link === null ? 1 : Math.exp(-eta);
}

/** Slope of the chord between two eta, `(value(to) - value(from)) / (to - from)`; the tangent's where they are one. */
export function linkSecant(link: Link, from: number, to: number): number {
  if (link === null) return 1;
  const change = to - from;
  return change === 0 ? linkSlope(link, from) : (-Math.exp(-from) * Math.expm1(-change)) / change;
}
