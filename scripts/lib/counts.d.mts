export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
export function countsOf(reportFile: string, exitCode: number, leftOut?: readonly string[]): Counts;
export function failuresOf(reportFile: string): { files: string[]; tests: string[] };
