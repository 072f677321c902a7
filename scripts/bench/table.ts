import type { Summary } from "./statistics.js";

/** The first column is text and stands left, the others are figures and stand right; the header is the first row. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ");
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [line(header), rule, ...rows.map(line)].map((text) => `  ${text.trimEnd()}`).join("\n");
}

export function heading(title: string): void {
  console.log(`\n== ${title}`);
}

/** `1,234,567` */
export const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
export const fixed = (value: number, digits: number): string => value.toFixed(digits);
/** In millions. */
export const millions = (value: number): string => (value / 1e6).toFixed(2);
export const GiB = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
export const MiB = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
export const KiB = (bytes: number): string => `${(bytes / 2 ** 10).toFixed(1)} KiB`;
export const share = (part: number, of: number): string => `${part} of ${of}`;

/** Three cells: median, min, max. */
export function spread(summary: Summary | null, format: (value: number) => string): [string, string, string] {
  return summary === null ? ["-", "-", "-"] : [format(summary.median), format(summary.min), format(summary.max)];
}
export const SPREAD = (unit: string): [string, string, string] => [`median ${unit}`, `min ${unit}`, `max ${unit}`];

/** A line that the next one overwrites, where stderr is a terminal: a long run should not look dead. */
export function showStatus(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
}
export const clearStatus = (): void => showStatus("");
