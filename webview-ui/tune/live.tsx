import { budgetText } from "../../src/shared/format.js";
import { Figure } from "../hero.js";
import { LiveMeasuring, shareDone } from "../liveMeasuring.js";
import { share } from "../profile/text.js";
import type { TuneRunView } from "../types.js";

/** While it measures: how far, and how long yet at most. */
export function LiveTune({ run, progress }: { run: TuneRunView; progress: NonNullable<TuneRunView["progress"]> }) {
  return (
    <LiveMeasuring name="Search and measure" progress={progress} live={run.state === "running"} left="left, at most" note={progress.note}>
      <Figure tone="latency" name="done" value={share(shareDone(progress) ?? 0, 0)}>
        <span>of the most it may measure</span>
        <span>it stops when predicted and measured agree</span>
      </Figure>
      <Figure name="budget" value={budgetText(run.budget)}>
        <span>latency budget</span>
        <span>{run.asked.rounds} readings of each architecture</span>
      </Figure>
    </LiveMeasuring>
  );
}
