import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { readResult } from "../../src/runs/journal.js";
import { runJob } from "../../src/runs/supervisor.js";
import { execute } from "../../src/worker/execute.js";
import type { Job, Jobs, Kind } from "../../src/worker/job.js";
import { rows, type Row } from "./fixtures/rows.js";
import { bundle, bytesOf, temporaryFolder } from "./helpers.js";

const NEWLINE = 0x0a;

/** What a kill or a power loss leaves of a journal, and how many of its lines stay whole. */
interface Damage {
  bytes: Buffer;
  wholeLines: number;
}

/** Endless damages of a journal: cut at a random byte; then nothing, zeros or garbage; or whole with one flipped bit. */
function* damages(journal: Buffer, seed: number): Generator<Damage, never> {
  // One generator for all: those of neighbouring seeds begin alike.
  const generator = xoroshiro128plus(seed);
  const draw = (min: number, max: number) => uniformInt(generator, min, max);
  for (let i = 0; ; i++) {
    const at = draw(0, journal.length);
    if (i % 4 === 0) yield cutAt(journal, at);
    else if (i % 4 === 1) yield cutAt(journal, at, Buffer.alloc(draw(1, 5000)));
    else if (i % 4 === 2) yield cutAt(journal, at, Buffer.from(Array.from({ length: draw(1, 500) }, () => draw(0, 255))));
    else {
      const byte = Math.min(at, journal.length - 1);
      const flipped = Buffer.from(journal);
      flipped[byte] = flipped[byte]! ^ (1 << draw(0, 7));
      yield { bytes: flipped, wholeLines: cutAt(journal, byte).wholeLines };
    }
  }
}

function cutAt(journal: Buffer, at: number, tail = Buffer.alloc(0)): Damage {
  const cut = journal.subarray(0, at);
  return { bytes: Buffer.concat([cut, tail]), wholeLines: cut.filter((byte) => byte === NEWLINE).length };
}

/** The jobs, reporting every start with the state it resumed from. */
function watched(jobs: Jobs, kind: Kind, onStart: (resumed: unknown) => void): Jobs {
  const job = jobs[kind] as Job<unknown, unknown>;
  const watching: Job<unknown, unknown> = (request, context) => {
    onStart(context.resumed);
    return job(request, context);
  };
  return { [kind]: watching } as Jobs;
}

async function undisturbed(row: Row, path: string) {
  const result = await execute(row.jobs, row.quick.kind, row.quick, { ...silent, journal: path, checkpointInterval: 0 });
  const journal = readFileSync(path);
  const lines = journal.toString("utf8").trimEnd().split("\n");
  const entries = lines.map((line) => (JSON.parse(line) as { entry: { kind: string; state?: unknown } }).entry);
  return { result: bytesOf(result), journal, entries };
}

/** Resumes the quick run from a damaged journal, and checks from which state it did and that nothing else differs. */
async function resume(row: Row, whole: Awaited<ReturnType<typeof undisturbed>>, damage: Damage, path: string) {
  writeFileSync(path, damage.bytes);
  const starts: unknown[] = [];
  const jobs = watched(row.jobs, row.quick.kind, (resumed) => starts.push(resumed));
  const result = await execute(jobs, row.quick.kind, row.quick, { ...silent, journal: path });
  expect(bytesOf(result), path).toBe(whole.result);
  expect(bytesOf((await readResult(path))?.result), `${path}, repaired`).toBe(whole.result);

  const last = whole.entries[damage.wholeLines - 1];
  const state = last?.kind === "checkpoint" ? last.state : null;
  expect(starts, `${path}: goes on from its last whole line`).toEqual(last?.kind === "result" ? [] : [state]);
  return last?.kind === "result" ? "finished" : state === null ? "fresh" : "resumed";
}

const silent = { progress: () => undefined, log: () => undefined, cancelled: () => false };

describe.each(rows)("$name", (row) => {
  test("1,000 journals cut at random byte offsets: every one resumes and ends in the same bytes", async () => {
    const folder = temporaryFolder();
    const whole = await undisturbed(row, join(folder, "whole.jsonl"));
    expect(whole.entries.length).toBeGreaterThan(10);
    const damage = damages(whole.journal, 1000);
    const seen = { fresh: 0, resumed: 0, finished: 0 };
    for (let i = 0; i < 1000; i++) seen[await resume(row, whole, damage.next().value, join(folder, `${i}.jsonl`))]++;
    console.log(`1,000 damaged journals (${row.name}): ${JSON.stringify(seen)}`);
    expect(seen.resumed).toBeGreaterThan(500);
  });

  test("journals cut at every byte of the first line and of the last 300 bytes, and whole ones with a damaged tail", async () => {
    const folder = temporaryFolder();
    const whole = await undisturbed(row, join(folder, "whole.jsonl"));
    const firstLine = whole.journal.indexOf(NEWLINE) + 1;
    for (let at = 0; at <= firstLine; at++) {
      expect(await resume(row, whole, cutAt(whole.journal, at), join(folder, `first-${at}.jsonl`))).toBe("fresh");
    }
    for (let missing = 0; missing < 300; missing++) {
      const ending = await resume(row, whole, cutAt(whole.journal, whole.journal.length - missing), join(folder, `last-${missing}.jsonl`));
      expect(ending).toBe(missing === 0 ? "finished" : "resumed");
    }
    for (const [name, tail] of Object.entries({ zeros: Buffer.alloc(4096), garbage: Buffer.from('{"sum":"\n\xff}\n') })) {
      const damage = cutAt(whole.journal, whole.journal.length, tail);
      expect(await resume(row, whole, damage, join(folder, `${name}.jsonl`))).toBe("finished");
    }
  });

  test("12 damaged journals resumed by real workers end in the same bytes", async () => {
    const folder = temporaryFolder();
    const workerPath = await bundle(row.worker);
    const path = join(folder, "whole.jsonl");
    const whole = await runJob(row.slow, { workerPath, journal: path });
    if (whole.status !== "done") throw new Error("the undisturbed run was cancelled");
    const journal = readFileSync(path);
    const damage = damages(journal, 12);
    for (let i = 0; i < 12; i++) {
      const damaged = join(folder, `${i}.jsonl`);
      writeFileSync(damaged, damage.next().value.bytes);
      const outcome = await runJob(row.slow, { workerPath, journal: damaged });
      expect(outcome.status === "done" && bytesOf(outcome.result), damaged).toBe(bytesOf(whole.result));
    }
  });
});
