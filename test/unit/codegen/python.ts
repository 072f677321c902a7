import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Threads would fight over the cores of other tests; compiled files do not belong into the tree. */
const ENVIRONMENT = { ...process.env, OMP_NUM_THREADS: "1", OMP_WAIT_POLICY: "PASSIVE", PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" };

/** The first Python with these modules; says so where there is none, and what is skipped for it. */
export function pythonWith(imports: string, skipped: string, install: string): string | undefined {
  // Debian installs its packages for its own Python, which need not be the first on the path.
  const found = ["python3", "/usr/bin/python3"].find((program) => spawnSync(program, ["-c", `import ${imports}`], { env: ENVIRONMENT }).status === 0);
  if (found === undefined) console.warn(`\n*** SKIPPED: ${skipped}, since \`python3 -c 'import ${imports}'\` fails here. ${install} ***\n`);
  return found;
}

export const PLAIN = pythonWith("ast", "whether Python reads the generated code", "Install Python 3.");

/** A folder of files that one Python process checks. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), "foxnas-code-"));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** What a check of checks.py, or of another program beside it, made of a job. */
  check<T>(python: string, name: string, job: unknown, program = "checks.py"): T {
    const path = this.write(`${name}.json`, JSON.stringify(job));
    const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, program), name, path], { encoding: "utf8", env: ENVIRONMENT, maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(`${program} ${name} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
