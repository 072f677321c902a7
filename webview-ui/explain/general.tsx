import type { Overview } from "../../src/shared/explanation.js";
import { EffectsPicture } from "../../src/pictures/effects.js";
import { HeatmapsPicture } from "../../src/pictures/heatmaps.js";
import { ImportancePicture } from "../../src/pictures/importance.js";
import { useWidth } from "../useWidth.js";
import { t } from "../../src/shared/l10n.js";

/** What matters in the whole space, whatever the architecture. */
export function General({ overview }: { overview: Overview | null | undefined }) {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={box} class="general">
      {overview === undefined && <p class="dim">{t("Going through the space…")}</p>}
      {overview === null && <p class="notice warn">{t("What matters in general could not be computed; the log says why.")}</p>}
      {overview != null && width > 0 && <Drawn overview={overview} width={width} />}
    </div>
  );
}

function Drawn({ overview, width }: { overview: Overview; width: number }) {
  const { accuracy, latency } = overview;
  if (accuracy === null && latency === null) return <p class="dim">{t("The predictors of this run have terms across stages, so no stage has a share of its own.")}</p>;
  return (
    <>
      <ImportancePicture shares={{ accuracy: accuracy?.importance ?? [], latency: latency?.importance ?? [] }} />
      <EffectsPicture overview={overview} width={width} />
      <HeatmapsPicture overview={overview} />
    </>
  );
}
