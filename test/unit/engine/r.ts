import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasR = spawnSync("Rscript", ["--version"]).status === 0;
if (!hasR) console.warn("!! Rscript is not there: comparisons with R are NOT run. Install R.");

const PRELUDE = `
out <- function(name, x) cat(name, sprintf("%.17g", as.numeric(x)), "\\n", sep = "\\t")
words <- function(name, x) cat(name, x, "\\n", sep = "\\t")
`;

/** What an R script printed with out(name, numbers) and words(name, texts), by name. */
export class RResult {
  constructor(private readonly rows: ReadonlyMap<string, string[]>) {}

  words(name: string): string[] {
    const row = this.rows.get(name);
    if (row === undefined) throw new Error(`R printed no ${name}`);
    return row;
  }

  /** NaN for R's NA. */
  numbers(name: string): number[] {
    return this.words(name).map((text) => Number(text.replace("Inf", "Infinity")));
  }

  number(name: string): number {
    const [value, ...rest] = this.numbers(name);
    if (value === undefined || rest.length > 0) throw new Error(`R printed ${rest.length + 1} numbers for ${name}`);
    return value;
  }

  names(prefix: string): string[] {
    return [...this.rows.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }
}

/** Runs an R script in a folder that holds `files`; numbers travel with 17 digits, which is every bit. */
export function runR(script: string, files: Readonly<Record<string, string>> = {}): RResult {
  const folder = mkdtempSync(join(tmpdir(), "foxnas-r-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "script.R"), PRELUDE + script);
    const { status, stdout, stderr } = spawnSync("Rscript", ["--vanilla", "script.R"], { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(`Rscript ended with ${status}: ${stderr}`);
    const lines = stdout.split("\n").filter((line) => line !== "");
    return new RResult(new Map(lines.map((line) => line.split("\t")).map(([name, ...cells]) => [name!, cells.filter((cell) => cell !== "")])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Columns as a CSV that R reads back to the bit. */
export function csvOf(columns: Readonly<Record<string, ArrayLike<number>>>): string {
  const names = Object.keys(columns);
  const rows = Array.from(columns[names[0]!]!, (_, i) => names.map((name) => columns[name]![i]!.toPrecision(17)).join(","));
  return [names.join(","), ...rows].join("\n");
}
