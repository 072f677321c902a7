import { describe, expect, test } from "vitest";
import { lastRuns } from "../../../src/worker/measure/profileFile.js";
import { tracesOf } from "../../../src/worker/measure/trace.js";

const NODES = [
  ["stem.conv_token_1", "QLinearConv", 100],
  ["ReorderOutput_token_2", "ReorderOutput", 20],
  ["stages.0.blocks.1.expand", "QLinearConv", 200],
  ["stages.0.blocks.1.add", "QLinearAdd", 50],
  ["classifier", "QGemm", 30],
] as const;

/** A profile as onnxruntime writes it: runs that take `slow[t]` times as long, 10 us between kernels. */
function profileText(slow: readonly number[]): string {
  const events: object[] = [{ cat: "Session", name: "model_loading_array", ts: 1, dur: 9, args: {} }];
  let ts = 100;
  for (const factor of slow) {
    const started = ts;
    for (const [node, op, us] of NODES) {
      events.push({ cat: "Node", name: `${node}_kernel_time`, ts, dur: us * factor, args: { op_name: op } });
      ts += us * factor + 10 * factor;
    }
    events.push({ cat: "Session", name: "model_run", ts: started, dur: ts - started, args: {} });
  }
  return JSON.stringify([...events, { ph: "M", name: "no event of ours" }]);
}

describe("traces", () => {
  test("time by place and operator, without warm-up, without drift", () => {
    const runs = lastRuns(profileText([9, 9, 1, 2, 1, 2]), 4);
    expect(runs).toHaveLength(4);
    const [trace] = tracesOf([runs]);
    expect(trace!.runs).toBe(4);
    expect(trace!.places.map(({ place }) => place)).toEqual(["stem", "stages.0.blocks.1", "classifier"]);
    // p25 of the level: 1, 2, 1, 2 gives 1; drift makes all rounds alike.
    expect(trace!.places.map(({ ms }) => ms)).toEqual([0.12, 0.25, 0.03].map((ms) => expect.closeTo(ms, 9) as number));
    expect(trace!.places[1]!.kernels).toEqual([
      { op: "QLinearConv", ms: expect.closeTo(0.2, 9) as number },
      { op: "QLinearAdd", ms: expect.closeTo(0.05, 9) as number },
    ]);
    expect(trace!.overheadMs).toBeCloseTo(0.04, 2);
  });

  test("networks traced side by side share their rounds' drift", () => {
    const [once, twice] = tracesOf([lastRuns(profileText([1, 3, 1, 3]), 4), lastRuns(profileText([2, 6, 2, 6]), 4)]);
    once!.places.forEach(({ ms }, i) => expect(twice!.places[i]!.ms).toBeCloseTo(2 * ms, 9));
  });

  test("a profile with too few runs, or none of our nodes, is refused", () => {
    expect(() => lastRuns(profileText([1, 1]), 3)).toThrow("has 2 runs, expected 3");
    expect(() => lastRuns("[]", 1)).toThrow(RangeError);
    const foreign = profileText([1]).replaceAll("stem.", "x.").replaceAll("stages.0", "y").replaceAll("classifier", "z");
    expect(() => tracesOf([lastRuns(foreign, 1)])).toThrow(RangeError);
  });
});
