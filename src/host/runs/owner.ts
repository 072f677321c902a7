import { readFile, stat, utimes, writeFile } from "node:fs/promises";

/** Which processes work on a run; lets a second window, or this one after a reload, tell a live run from a dead one. */
interface Owner {
  host: number;
  worker: number | null;
}

const BEAT_MS = 2_000;
/** Without a beat for this long the ids may belong to anybody, for instance after a restart of the machine. */
const STALE_MS = 10_000;

/** Marks a run as owned by this process until disposed. */
export class Ownership {
  readonly #beat: NodeJS.Timeout;

  constructor(private readonly file: string) {
    void this.#write({ host: process.pid, worker: null });
    this.#beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), BEAT_MS);
    this.#beat.unref();
  }

  worker(pid: number): void {
    void this.#write({ host: process.pid, worker: pid });
  }

  dispose(): void {
    clearInterval(this.#beat);
  }

  async #write(owner: Owner): Promise<void> {
    // A run deleted in the meantime has no folder; that nobody can own it then is just right.
    await writeFile(this.file, JSON.stringify(owner)).catch(() => undefined);
  }
}

/** Whether another live host works on the run, or a worker of a dead host has not ended yet. */
export async function isOwnedElsewhere(file: string): Promise<boolean> {
  try {
    if (Date.now() - (await stat(file)).mtimeMs > STALE_MS) return false;
    const owner = JSON.parse(await readFile(file, "utf8")) as Partial<Owner>;
    if (owner.host === process.pid) return false;
    return isAlive(owner.host) || isAlive(owner.worker);
  } catch {
    // Missing or torn: nobody beats.
    return false;
  }
}

function isAlive(pid: number | null | undefined): boolean {
  if (typeof pid !== "number") return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
