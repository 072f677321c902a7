import { importanceSentence } from "../../src/shared/account.js";
import type { Overview } from "../../src/shared/explanation.js";
import { Effects } from "../../src/pictures/effects.js";
import { Heatmaps } from "../../src/pictures/heatmaps.js";
import { Importance } from "../../src/pictures/importance.js";
import { useWidth } from "../useWidth.js";

/** What matters in the whole space, whatever the architecture. */
export function General({ overview, size }: { overview: Overview | null | undefined; size: string }) {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={box} class="general">
      {overview === undefined && <p class="dim">Going through the space…</p>}
      {overview === null && <p class="notice warn">What matters in general could not be computed; the log says why.</p>}
      {overview != null && width > 0 && <Drawn overview={overview} size={size} width={width} />}
    </div>
  );
}

function Drawn({ overview: { accuracy, latency }, size, width }: { overview: Overview; size: string; width: number }) {
  if (accuracy === null || latency === null) return <p class="dim">A predictor of this run has terms across stages, so no stage has a share of its own.</p>;
  const said = [importanceSentence("accuracy", accuracy.importance), importanceSentence("latency", latency.importance)].filter((sentence) => sentence !== null);
  return (
    <>
      <section class="importance">
        <h2>What matters over all {size} architectures</h2>
        <p class="say">{said.join(" ")} Nothing is sampled: these are exact shares of the predictors’ variance.</p>
        <Importance accuracy={accuracy} latency={latency} width={width} />
      </section>
      <section class="effects">
        <h2>What one choice does, the rest at the mean</h2>
        <Effects accuracy={accuracy} latency={latency} width={width} />
      </section>
      <section class="heatmaps">
        <h2>Depth and expand ratio together</h2>
        <Heatmaps accuracy={accuracy} latency={latency} width={width} />
      </section>
    </>
  );
}
