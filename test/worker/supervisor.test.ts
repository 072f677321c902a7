import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { beforeAll, describe, expect, test } from "vitest";
import { readResult } from "../../src/runs/journal.js";
import { RestartPolicy } from "../../src/runs/restartPolicy.js";
import { RunFailure, runJob, type RunOptions } from "../../src/runs/supervisor.js";
import { InputError } from "../../src/shared/errors.js";
import { execute } from "../../src/worker/execute.js";
import { walk as walkJob, walkRequest, type Walk } from "./fixtures/walk.js";
import { bundle, isAlive, temporaryFolder } from "./helpers.js";

let workerPath = "";
beforeAll(async () => {
  workerPath = await bundle("test/worker/fixtures/walkWorker.ts");
});

/** Runs a walk; what was reported meanwhile, and how it ended. */
async function run(walk: Partial<Walk>, options: Partial<RunOptions> = {}) {
  const log: string[] = [];
  const restarts: number[] = [];
  const pids: number[] = [];
  const ending = await runJob(walkRequest(walk), {
    workerPath,
    journal: null,
    ...options,
    onLog: (level, message) => log.push(`${level}: ${message}`),
    onRestart: (count) => restarts.push(count),
    onSpawn: (pid) => {
      pids.push(pid);
      options.onSpawn?.(pid);
    },
  }).catch((error: unknown) => error);
  expect(pids.filter(isAlive), "workers left behind").toEqual([]);
  return { ending, log, restarts, pids };
}

const long: Partial<Walk> = { steps: 4e9, stepsPerBreath: 200_000 };

describe("crashes", () => {
  test("5 crashes: 4 restarts, then one RunFailure with what the worker printed", async () => {
    const { ending, restarts, pids } = await run({ fault: "exit" });
    expect(ending).toBeInstanceOf(RunFailure);
    const failure = ending as RunFailure;
    expect(failure.message).toContain("exit code 3");
    expect(failure.log).toContain("the walk stumbled");
    expect(restarts).toEqual([1, 2, 3, 4]);
    expect(new Set(pids).size).toBe(5);
  });

  test("a worker that crashed once goes on from its journal and gives the same result", async () => {
    const walk = { seed: 3, steps: 40_000_000, stepsPerBreath: 400_000 };
    const [calm, crashed] = await Promise.all([
      run(walk),
      run({ ...walk, fault: "exitOnce" }, { journal: join(temporaryFolder(), "journal.jsonl") }),
    ]);
    expect(crashed.restarts).toEqual([1]);
    expect(crashed.ending).toMatchObject({ status: "done" });
    expect(crashed.ending).toEqual(calm.ending);
  });

  test("restarts are counted within three minutes", () => {
    const policy = new RestartPolicy();
    expect([0, 1, 2, 3].map((minute) => policy.next(minute * 60_000))).toEqual([1, 2, 3, 4]);
    expect(policy.next(3.5 * 60_000)).toBe(5);
    expect(policy.next(3.6 * 60_000)).toBeNull();
  });

  test("an error of the job is a RunFailure at once, also one thrown outside of it", async () => {
    for (const [fault, message] of [["throw", "into a hole"], ["later", "fell later"]] as const) {
      const { ending, restarts } = await run({ ...long, steps: 1e6, fault });
      expect(ending).toBeInstanceOf(RunFailure);
      expect((ending as RunFailure).message).toContain(message);
      expect((ending as RunFailure).log).toContain("RangeError");
      expect(restarts).toEqual([]);
    }
  });

  test("bad input is an InputError with every part of the problem", async () => {
    const { ending } = await run({ fault: "problem" });
    expect(ending).toBeInstanceOf(InputError);
    expect((ending as InputError).problem).toEqual({
      what: "no way", file: "walk", line: 3, field: "steps", found: "7", expected: "8",
    });
  });

  test("a missing worker program and a job the worker does not know say so", async () => {
    await expect(runJob({ kind: "device" }, { workerPath: "/nowhere/worker.js", journal: null })).rejects.toThrow(/is missing/);
    await expect(runJob({ kind: "device" }, { workerPath, journal: null })).rejects.toThrow(/no job "device"/);
  });
});

describe("cancel", () => {
  test("before the start, in the run, and of a worker that does not listen", async () => {
    const before = await run(long, { signal: AbortSignal.abort() });
    expect(before.ending).toEqual({ status: "cancelled" });
    expect(before.pids).toEqual([]);

    const controller = new AbortController();
    const during = await run(long, { signal: controller.signal, onProgress: () => controller.abort() });
    expect(during.ending).toEqual({ status: "cancelled" });
    expect(during.restarts).toEqual([]);

    const deaf = new AbortController();
    const killed = await run(
      { steps: 1000, stepsPerBreath: 1000, fault: "deaf" },
      { signal: deaf.signal, onSpawn: () => void sleep(300).then(() => deaf.abort()) },
    );
    expect(killed.ending).toEqual({ status: "cancelled" });
  });

  test("a cancelled run can be resumed", async () => {
    const journal = join(temporaryFolder(), "journal.jsonl");
    const walk = { seed: 8, steps: 30_000_000, stepsPerBreath: 200_000 };
    const controller = new AbortController();
    await run(walk, { journal, signal: controller.signal, onProgress: () => controller.abort() });
    expect(await readResult(journal)).toBeNull();
    const [resumed, calm] = [await run(walk, { journal }), await run(walk)];
    expect(resumed.ending).toEqual(calm.ending);
    expect(resumed.ending).toMatchObject({ status: "done" });
  });
});

describe("journal", () => {
  test("a finished run comes from its journal, without the job", async () => {
    const journal = join(temporaryFolder(), "journal.jsonl");
    const first = await run({ seed: 4 }, { journal });
    let shown = 0;
    const second = await run({ seed: 4 }, { journal, onProgress: () => void shown++ });
    expect(second.ending).toEqual(first.ending);
    expect(second.ending).toMatchObject({ status: "done" });
    expect(shown).toBe(0);
  });

  test("the journal of another request, or one in a missing folder, is refused", async () => {
    const journal = join(temporaryFolder(), "journal.jsonl");
    await run({ seed: 4 }, { journal });
    const other = await run({ seed: 5 }, { journal });
    expect(other.ending).toBeInstanceOf(InputError);
    expect((other.ending as InputError).message).toMatch(/journal\.jsonl: this journal belongs to another run \(found .*expected/);
    expect(other.restarts).toEqual([]);
    const nowhere = await run({}, { journal: join(journal, "deeper", "journal.jsonl") });
    expect(nowhere.ending).toBeInstanceOf(InputError);
    expect((nowhere.ending as InputError).message).toContain("cannot read or write the journal");
  });
});

test("a result of megabytes arrives whole: the worker leaves only when it has been handed over", async () => {
  const walk = { seed: 12, steps: 60_000, stepsPerBreath: 1, events: 0 };
  const request = walkRequest(walk);
  const expected = await execute({ validate: walkJob }, request.kind, request, {
    journal: null, progress: () => undefined, log: () => undefined, cancelled: () => false,
  });
  expect(JSON.stringify(expected).length).toBeGreaterThan(1.5e6);
  expect((await run(walk)).ending).toEqual({ status: "done", result: expected });
});

test("the worker gets none of VS Code's variables, and Electron runs it as Node", async () => {
  const spy = join(temporaryFolder(), "spy.cjs");
  writeFileSync(spy, 'console.log(Object.keys(process.env).join(" ")); process.exit(0);');
  const ours = { VSCODE_IPC_HOOK: "x", ELECTRON_NO_ASAR: "1", ELECTRON_RUN_AS_NODE: "1", FOXNAS_KEPT: "1" };
  Object.assign(process.env, ours);
  const { log } = await run({}, { workerPath: spy }).finally(() => {
    for (const name of Object.keys(ours)) delete process.env[name];
  });
  const names = log.find((line) => line.includes("FOXNAS_KEPT"))?.split(" ") ?? [];
  expect(names.filter((name) => /^(VSCODE|ELECTRON)_/.test(name))).toEqual(["ELECTRON_RUN_AS_NODE"]);
});

describe("parent", () => {
  test("a worker dies within a second of its parent", async () => {
    const host = await bundle("test/worker/fixtures/host.ts");
    const parent = spawn(process.execPath, [host, workerPath, JSON.stringify(walkRequest(long)), "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(parent.stdout), "line")) as [string];
    const { pid } = v.parse(v.object({ pid: v.number() }), JSON.parse(line));
    await sleep(500);
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    const killed = performance.now();
    while (isAlive(pid) && performance.now() - killed < 1000) await sleep(10);
    expect(isAlive(pid)).toBe(false);
  });
});

describe("malformed messages of the worker", () => {
  test("junk is refused and logged; the run goes on", async () => {
    const { ending, log } = await run({ fault: "junk" });
    expect(ending).toMatchObject({ status: "done" });
    expect(log.filter((line) => line.includes("Refused a malformed message")).length).toBeGreaterThan(8);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("a malformed result is a RunFailure that names the place", async () => {
    const { ending, restarts } = await run({ fault: "badResult" });
    expect(ending).toBeInstanceOf(RunFailure);
    expect((ending as RunFailure).message).toMatch(/malformed result.*architecture/);
    expect(restarts).toEqual([]);
  });

  test("a result the parent cannot accept is refused there too, and a flood of output is bounded", async () => {
    const impostor = join(temporaryFolder(), "impostor.cjs");
    writeFileSync(
      impostor,
      `for (let i = 0; i < 20000; i++) console.log("line " + i);
       process.on("message", () => process.send({ type: "result", result: { space: 7 } }, () => process.disconnect()));`,
    );
    const { ending, log } = await run({}, { workerPath: impostor });
    expect(ending).toBeInstanceOf(RunFailure);
    expect((ending as RunFailure).message).toContain("space");
    expect(log.length).toBeGreaterThan(1000);
    expect((ending as RunFailure).log.split("\n").length).toBeLessThanOrEqual(200);
  });
});
