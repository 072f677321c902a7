import { meanOf, type Basis } from "./basis.js";

/**
 * Variance inflation factors 1 / (1 - R_j^2), R_j^2 that of term j on the others (Marquardt 1970, Technometrics 12,
 * p. 591), as the diagonal of (X'X)^-1 times the column's centred sum of squares; largest first.
 */
export function varianceInflation({ names, columns, inverseDiagonal }: Basis): { term: string; vif: number }[] {
  return names
    .map((term, j) => {
      const mean = meanOf(columns[j]!);
      return { term, vif: inverseDiagonal[j + 1]! * columns[j]!.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
    })
    .filter(({ vif }) => Number.isFinite(vif))
    .sort((a, b) => b.vif - a.vif);
}
