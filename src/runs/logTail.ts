import type { Readable } from "node:stream";

const MAX_LINES = 200;
const MAX_LINE_LENGTH = 4000;

/** The last lines a worker said. Bounded: a worker that floods its output must not fill the host's memory. */
export class LogTail {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line.slice(0, MAX_LINE_LENGTH));
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
  }

  text(): string {
    return this.#lines.join("\n");
  }
}

/** Calls `onLine` for every line of a stream, the unfinished last one included; long lines come in pieces. */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.slice(0, MAX_LINE_LENGTH));
    if (rest.length > MAX_LINE_LENGTH) {
      onLine(rest);
      rest = "";
    }
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
  // A pipe that breaks with the process is not news: the exit is reported.
  stream.on("error", () => undefined);
}
