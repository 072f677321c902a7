import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as v from "valibot";
import { beforeAll, describe, expect, test } from "vitest";
import { FromWorkerSchema, type FromWorker } from "../../src/shared/messages.js";
import { runJob } from "../../src/runs/supervisor.js";
import { walkRequest } from "./fixtures/walk.js";
import { bundle } from "./helpers.js";

let workerPath = "";
beforeAll(async () => {
  workerPath = await bundle("test/worker/fixtures/walkWorker.ts");
});

/** Sends messages to a worker as they are; all its answers until it has gone. */
async function talk(messages: unknown[]): Promise<{ answers: FromWorker[]; code: number | null }> {
  const child: ChildProcess = fork(workerPath, [], { serialization: "advanced" });
  const answers: FromWorker[] = [];
  child.on("message", (raw) => answers.push(v.parse(FromWorkerSchema, raw)));
  for (const message of messages) child.send(message as object, () => undefined);
  const [code] = (await once(child, "close")) as [number | null];
  return { answers, code };
}

const start = { type: "start", request: walkRequest({ steps: 5_000_000, stepsPerBreath: 100_000, events: 0 }), journal: null };
const refused = (answer: FromWorker) => answer.type === "log" && answer.message.includes("refused");

describe("malformed messages of the parent", () => {
  test("are refused, each with a log message; the job is done all the same", async () => {
    const junk = [7, "start", [], {}, { type: "ack" }, { type: "ack", seq: "1" }, { type: "stop" }, new Map(), -0, new Error("x")];
    const pollution: unknown = JSON.parse('{"__proto__":{"type":"cancel"},"constructor":{"prototype":{"x":1}}}');
    const { answers } = await talk([...junk, pollution, start, ...junk, { type: "ack", seq: 99 }, start]);
    // 10 before, 1, 10 after, and the second start.
    expect(answers.filter(refused)).toHaveLength(22);
    expect(answers.at(-1)).toMatchObject({ type: "result" });
  });

  test("a malformed start is a failure that names the field: nobody waits for ever", async () => {
    const { answers } = await talk([{ ...start, request: { ...start.request, space: { name: 5, text: "" } } }]);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ type: "failure" });
    expect(JSON.stringify(answers[0])).toContain("request.space.name");
  });

  test("a cancel before the start ends the worker", async () => {
    expect((await talk([{ type: "cancel" }])).answers).toEqual([{ type: "cancelled" }]);
  });

  test("started by hand it says what it is", () => {
    const { status, stderr } = spawnSync(process.execPath, [workerPath], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toContain("worker process");
  });
});

test("the product's worker answers what the machine offers, onnxruntime included or the reason why not", async () => {
  const outcome = await runJob({ kind: "device" }, { workerPath: await bundle("src/worker/main.ts"), journal: null });
  if (outcome.status !== "done") throw new Error("cancelled");
  const { platform, cores, memoryBytes, node, onnxruntime, reason } = outcome.result;
  expect(platform).toBe(`${process.platform}-${process.arch}`);
  expect(node).toBe(process.versions.node);
  expect(cores).toBeGreaterThan(0);
  expect(memoryBytes).toBeGreaterThan(0);
  expect((onnxruntime === null) !== (reason === null)).toBe(true);
  if (process.platform === "linux" && process.arch === "x64") expect(onnxruntime?.executionProviders).toContain("cpu");
});
