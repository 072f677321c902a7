/** A budget in ms as people type it, `120`, `119,5`, `90 ms`; null where it is no such number. */
export function parseBudget(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*(?:ms)?\s*$/i.exec(text);
  return match === null ? null : Number(match[1]!.replace(",", "."));
}
