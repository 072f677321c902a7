// What we use of csv-parse's browser build. Its own types pull in those of node, which this room
// compiles without; `paths` in this room's tsconfig.json puts these in their place.

export interface CsvRecord {
  record: string[];
  info: {
    /** Line the record ends on, 1-based. */
    lines: number;
  };
}

export declare class CsvError extends Error {
  code: string;
  lines?: number;
}

export declare function parse(
  text: string,
  options: {
    info: true;
    record_delimiter: string[];
    relax_column_count: boolean;
    max_record_size: number;
    on_record(record: string[], context: { lines: number }): string[];
  },
): CsvRecord[];
