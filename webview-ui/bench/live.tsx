import { Figure } from "../hero.js";
import { LiveMeasuring, shareDone } from "../liveMeasuring.js";
import { share } from "../profile/text.js";
import type { BenchRunView } from "../types.js";
import { t } from "../../src/shared/l10n.js";

/** While it measures: how far, and how long yet. */
export function LiveBench({ run, progress }: { run: BenchRunView; progress: NonNullable<BenchRunView["progress"]> }) {
  const { configs, baselines, batches, rounds } = run.asked;
  return (
    <LiveMeasuring name={t("Benchmark")} progress={progress} live={run.state === "running"} left={t("left")} note={progress.note}>
      <Figure tone="latency" name="done" value={share(shareDone(progress) ?? 0, 0)}>
        <span>{t("measured")}</span>
      </Figure>
      <Figure name="networks" value={String(configs + baselines)}>
        <span>{t("networks in turn, {0} readings each", rounds)}</span>
        <span>{t("in each of {0}", batches === 1 ? t("1 process") : t("{0} processes", batches))}</span>
      </Figure>
    </LiveMeasuring>
  );
}
