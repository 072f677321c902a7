import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { InputError, type Problem } from "../errors.js";
import { requireSize, shown } from "../files/document.js";
import { t } from "../l10n.js";
import type { Source } from "../messages.js";

const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_RECORD = 4 * 1024 * 1024;

type Found = Pick<Problem, "what" | "found" | "expected" | "next">;

/** One data row. */
export class Row {
  constructor(
    private readonly table: Table,
    /** Line it starts on, 1-based, true also behind quoted line breaks. */
    readonly line: number,
    private readonly cells: readonly string[],
  ) {}

  /** Text of a column, without surrounding spaces; "" where the table has no such column. */
  text(column: string): string {
    const index = this.table.columns.get(column);
    return index === undefined ? "" : this.cells[index]!.trim();
  }

  /** @throws InputError when the cell is empty, no decimal number, or not finite */
  number(column: string): number {
    const text = this.text(column);
    if (text === "") throw this.error(column, { what: t("the cell is empty"), expected: t("a number") });
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
      const value = Number(text);
      if (Number.isFinite(value)) return value;
    }
    if (/^[+-]?(nan|inf(inity)?|\d.*e\+?\d+)$/i.test(text)) {
      throw this.error(column, { what: t("the number is not finite"), found: shown(text), expected: t("a finite number") });
    }
    throw this.error(column, {
      what: t("this is not a number"),
      found: shown(text),
      expected: t("a number"),
      next: /^\d+,\d+$/.test(text) ? t("Write a decimal point, not a comma.") : undefined,
    });
  }

  /** An InputError at a cell of this row: names file, line and column. */
  error(column: string, problem: Found): InputError {
    const index = this.table.columns.get(column) ?? 0;
    const breaks = this.cells.slice(0, index).join("").split("\n").length - 1;
    return new InputError({ file: this.table.name, line: this.line + breaks, field: columnName(column), ...problem });
  }
}

/** How messages name a CSV column. */
export function columnName(column: string): string {
  return t("column {0}", shown(column));
}

/** A CSV file with a header. */
export class Table {
  /** File name as the person gave it. */
  readonly name: string;
  readonly headerLine: number;
  /** Index of each named column. */
  readonly columns = new Map<string, number>();
  readonly rows: Row[] = [];

  /**
   * Quoted fields, CRLF, a byte-order mark, blank lines and any number of columns are no problem.
   * @throws InputError naming line and column: no header, no rows, a name twice, a row of another length, a broken quote
   */
  constructor(source: Source) {
    this.name = source.name;
    requireSize(source, MAX_CHARACTERS);
    const records = parseRecords(source);
    const header = records[0];
    if (header === undefined) {
      throw new InputError({ what: t("the file is empty"), file: source.name, line: 1, expected: t("CSV with a header line") });
    }
    this.headerLine = header.line;
    header.cells.forEach((cell, index) => this.addColumn(cell.trim(), index));
    for (const { line, cells } of records.slice(1)) {
      if (cells.length !== header.cells.length) throw this.raggedError(line, cells, header.cells);
      this.rows.push(new Row(this, line, cells));
    }
    if (this.rows.length === 0) {
      throw new InputError({
        what: t("the file has a header and no data"),
        file: source.name,
        line: this.headerLine + 1,
        expected: t("one line for each sample"),
      });
    }
  }

  /** @throws InputError naming the first of `columns` that the header lacks */
  require(columns: Iterable<string>, next?: string): void {
    for (const column of columns) {
      if (this.columns.has(column)) continue;
      throw new InputError({
        what: t("the column is missing"),
        file: this.name,
        line: this.headerLine,
        field: columnName(column),
        found: this.columns.size === 1 && [...this.columns.keys()][0]!.includes(";") ? t("columns separated by ';'") : undefined,
        expected: t("a column of this name, columns separated by ','"),
        next,
      });
    }
  }

  private addColumn(name: string, index: number): void {
    // Spreadsheets leave nameless columns behind; nothing can refer to them.
    if (name === "") return;
    const first = this.columns.get(name);
    if (first !== undefined) {
      throw new InputError({
        what: t("the header has the name twice"),
        file: this.name,
        line: this.headerLine,
        field: columnName(name),
        found: t("at position {0} and {1}", first + 1, index + 1),
        next: t("Rename or remove one of the two."),
      });
    }
    this.columns.set(name, index);
  }

  private raggedError(line: number, cells: readonly string[], header: readonly string[]): InputError {
    const short = cells.length < header.length;
    return new InputError({
      what: short ? t("the row ends before this column") : t("the row goes on after the last column"),
      file: this.name,
      line,
      field: short ? columnName(header[cells.length]!.trim()) : t("column {0}", header.length + 1),
      found: t("{0} cells", cells.length),
      expected: t("{0} as in the header", header.length),
    });
  }
}

/** All records but blank lines, with the line each starts on. */
function parseRecords(source: Source): { line: number; cells: string[] }[] {
  // csv-parse counts a quoted \r\n as two lines.
  const text = source.text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  let end = 0;
  try {
    let previous = 0;
    const records = parse(text, {
      info: true,
      record_delimiter: ["\n"],
      relax_column_count: true,
      max_record_size: MAX_RECORD,
      on_record: (record, { lines }) => {
        end = lines;
        return record;
      },
    });
    return records.flatMap(({ record, info }) => {
      const line = previous + 1;
      previous = info.lines;
      return record.every((cell) => cell.trim() === "") && record.length === 1 ? [] : [{ line, cells: record }];
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError({
      what: quoteError(error.code),
      file: source.name,
      // An unclosed quote swallows the rest of the file: name the row that opens it.
      line: error.code === "CSV_QUOTE_NOT_CLOSED" ? end + 1 : (error.lines ?? end + 1),
      expected: t('fields separated by \',\', quoted as "…" with "" for a quote'),
    });
  }
}

function quoteError(code: string): string {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return t("a quoted field does not end");
    case "CSV_INVALID_CLOSING_QUOTE":
      return t("text follows a quoted field");
    case "INVALID_OPENING_QUOTE":
      return t("a quote stands inside an unquoted field");
    case "CSV_MAX_RECORD_SIZE":
      return t("a row is too long");
    default:
      return t("this is not CSV");
  }
}
