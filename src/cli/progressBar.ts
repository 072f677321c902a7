import type { AnyProgress, Progress } from "../shared/messages.js";
import type { Context } from "./command.js";
import { count, fixed } from "./text/numbers.js";

// With a million evaluations the line just fits 80 columns.
const CELLS = 10;

/** Progress on stderr: a bar that redraws itself on a terminal; elsewhere a line for each tenth, and every ten seconds. */
export function progressOn(stream: NodeJS.WriteStream): Context["progress"] {
  return stream.isTTY ? new Bar(stream) : new Lines(stream);
}

class Bar {
  private drawn = false;
  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(progress: AnyProgress): void {
    const filled = Math.round(CELLS * share(progress));
    const text = `${"█".repeat(filled)}${"░".repeat(CELLS - filled)} ${describe(progress)}`;
    this.stream.write(`\r\x1b[2K${text.slice(0, (this.stream.columns || 80) - 1)}`);
    this.drawn = true;
  }
  note(line: string): void {
    this.clear();
    this.stream.write(`${line}\n`);
  }
  clear(): void {
    if (this.drawn) this.stream.write("\r\x1b[2K");
    this.drawn = false;
  }
}

class Lines {
  private tenth = 0;
  private shownAtMs = 0;
  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(progress: AnyProgress): void {
    const tenth = Math.floor(10 * share(progress));
    if (tenth <= this.tenth && progress.elapsedMs < this.shownAtMs + 10_000) return;
    this.tenth = tenth;
    this.shownAtMs = progress.elapsedMs;
    this.stream.write(`${describe(progress)}\n`);
  }
  note(line: string): void {
    this.stream.write(`${line}\n`);
  }
  clear(): void {}
}

function share(progress: AnyProgress): number {
  const done = "kind" in progress ? progress.done : progress.evaluations;
  return progress.total > 0 ? Math.min(1, done / progress.total) : 0;
}

function describe(progress: AnyProgress): string {
  const percent = `${Math.floor(100 * share(progress))} %`.padStart(5);
  if (!("kind" in progress)) return `${percent}  ${describeSearch(progress)}`;
  const left = progress.remainingMs === null ? "" : `  ${Math.ceil(progress.remainingMs / 1000)} s left`;
  return `${percent}${left}  ${progress.note}`;
}

function describeSearch({ best, evaluations, total }: Progress): string {
  const found = best === null ? "nothing within the budget yet" : `best ${fixed(best.accuracy, 2)} % at ${fixed(best.latency, 2)} ms`;
  return `${found}  ${count(evaluations)} of ${count(total)} evaluations`;
}
