import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { readResult } from "../../src/runs/journal.js";
import { runJob } from "../../src/runs/supervisor.js";
import { rows } from "./fixtures/rows.js";
import { bundle, bytesOf, temporaryFolder } from "./helpers.js";

const KILLS = 50;

describe.each(rows)("$name", (row) => {
  test(`${KILLS} real kill -9 at random moments: every run completes with the result of an undisturbed one`, async () => {
    const folder = temporaryFolder();
    const workerPath = await bundle(row.worker);
    const begin = performance.now();
    const whole = await runJob(row.slow, { workerPath, journal: null });
    const duration = Math.ceil(performance.now() - begin);
    if (whole.status !== "done") throw new Error("the undisturbed run was cancelled");
    const expected = bytesOf(whole.result);
    const generator = xoroshiro128plus(50);
    let struck = 0;
    let runs = 0;

    const oneRun = async () => {
      const journal = join(folder, `${runs++}.jsonl`);
      let timer: NodeJS.Timeout | undefined;
      let restarts = 0;
      const outcome = await runJob(row.slow, {
        workerPath,
        journal,
        onRestart: () => restarts++,
        onSpawn: (pid) => {
          // Once in every run: the worker that takes over is left alone.
          if (timer === undefined) timer = setTimeout(() => process.kill(pid, "SIGKILL"), uniformInt(generator, 0, duration));
        },
      });
      clearTimeout(timer);
      expect(outcome.status === "done" && bytesOf(outcome.result)).toBe(expected);
      expect(bytesOf((await readResult(journal))?.result)).toBe(expected);
      // A kill that came after the result struck nothing and does not count.
      struck += restarts;
    };
    const lane = async () => {
      while (struck < KILLS && runs < 4 * KILLS) await oneRun();
    };
    await Promise.all([lane(), lane()]);
    expect(struck).toBeGreaterThanOrEqual(KILLS);
  });
});
