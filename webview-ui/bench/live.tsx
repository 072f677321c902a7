import { Figure } from "../hero.js";
import { LiveMeasuring, shareDone } from "../liveMeasuring.js";
import { share } from "../profile/text.js";
import type { BenchRunView } from "../types.js";

/** While it measures: how far, and how long yet. */
export function LiveBench({ run, progress }: { run: BenchRunView; progress: NonNullable<BenchRunView["progress"]> }) {
  const { configs, baselines, batches, rounds } = run.asked;
  return (
    <LiveMeasuring name="Benchmark" progress={progress} live={run.state === "running"} left="left" note={progress.note}>
      <Figure tone="latency" name="done" value={share(shareDone(progress) ?? 0, 0)}>
        <span>measured</span>
      </Figure>
      <Figure name="networks" value={String(configs + baselines)}>
        <span>networks in turn, {rounds} readings each</span>
        <span>in each of {batches === 1 ? "1 process" : `${batches} processes`}</span>
      </Figure>
    </LiveMeasuring>
  );
}
