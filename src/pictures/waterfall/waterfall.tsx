import { useContext, useState } from "preact/hooks";
import { whySentences } from "../../shared/account.js";
import { CHOICES } from "../../shared/explanation.js";
import { CHOICE_NAME } from "../choices.js";
import { DataTable } from "../dataTable.js";
import { Paper } from "../paper.js";
import { EndLane, LaneHeads, StepLane } from "./lane.js";
import { waterfall, type Stacked, type StageStep, type Waterfall } from "./stack.js";
import { columns, whyRows } from "./table.js";
import { t } from "../../shared/l10n.js";

type Falls = { accuracy: Waterfall; latency: Waterfall };
type Steps = { accuracy: StageStep; latency: StageStep };

/** A stage's row; with parts it opens to show them, on the same scale. */
function StageRow({ falls, steps, open, onToggle }: { falls: Falls; steps: Steps; open: boolean; onToggle: (() => void) | null }) {
  const { stage } = steps.accuracy;
  return (
    <>
      <div class={open ? "why-row open" : "why-row"}>
        {onToggle === null ? (
          <span class="stage">{t("Stage {0}", stage)}</span>
        ) : (
          <button type="button" class="stage opener" aria-expanded={open} onClick={onToggle}>{t("Stage {0}", stage)}</button>
        )}
        <StepLane target="accuracy" fall={falls.accuracy} step={steps.accuracy} />
        <StepLane target="latency" fall={falls.latency} step={steps.latency} />
      </div>
      {open && CHOICES.map((choice, i) => {
        const [accuracy, latency] = [steps.accuracy.parts[i], steps.latency.parts[i]];
        return accuracy !== undefined && latency !== undefined && (
          <div key={choice} class="why-row part">
            <span class="stage">{CHOICE_NAME[choice]}</span>
            <StepLane part target="accuracy" fall={falls.accuracy} step={accuracy} />
            <StepLane part target="latency" fall={falls.latency} step={latency} />
          </div>
        );
      })}
    </>
  );
}

const SPLIT =
  t("Depth stands against the space’s mean, the other parts against the mean stage of that depth; “together” is what the choices do only in combination. The parts of a stage add up to it.");
const SCALED = t("Accuracy is predicted through a link: its parts are scaled so that they add up exactly.");

/**
 * What each stage adds to both predictions, from the space's mean to this architecture. `linked`: the accuracy
 * predictor has a link, so that its parts are scaled shares.
 */
export function WaterfallPicture({ accuracy, latency, linked = false }: { accuracy: Stacked; latency: Stacked; linked?: boolean }) {
  const paper = useContext(Paper);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const falls = { accuracy: waterfall(accuracy), latency: waterfall(latency) };
  const stages = falls.accuracy.steps.flatMap((step, i) => {
    const other = falls.latency.steps[i];
    return other === undefined ? [] : [{ accuracy: step, latency: other }];
  });
  const parted = stages.some((steps) => steps.accuracy.parts.length > 0 && steps.latency.parts.length > 0);
  const pressable = parted && !paper;
  const toggle = (stage: string) => setOpened((before) => new Set(before.has(stage) ? [...before].filter((name) => name !== stage) : [...before, stage]));
  const said = whySentences({ accuracy: accuracy.contributions, latency: latency.contributions }).join(" ");
  return (
    <section class="why">
      <h2>{t("Why: what each stage adds to the mean of the space")}</h2>
      {/* An image has no buttons in it. */}
      <div class="why-grid" role={pressable ? "group" : "img"} aria-label={t("Waterfall of the stages' contributions. {0}", said)}>
        <LaneHeads />
        <div class="why-row end">
          <span class="stage">{t("Space’s mean")}</span>
          <EndLane target="accuracy" fall={falls.accuracy} end="baseline" />
          <EndLane target="latency" fall={falls.latency} end="baseline" />
        </div>
        {stages.map((steps) => {
          const { stage } = steps.accuracy;
          return <StageRow key={stage} {...{ falls, steps }} open={paper ? parted : opened.has(stage)} onToggle={pressable ? () => toggle(stage) : null} />;
        })}
        <div class="why-row end">
          <span class="stage">{t("This one")}</span>
          <EndLane target="accuracy" fall={falls.accuracy} end="total" />
          <EndLane target="latency" fall={falls.latency} end="total" />
        </div>
      </div>
      <p class="say">{said}</p>
      {parted && <p class="note">{SPLIT}{linked ? ` ${SCALED}` : ""}</p>}
      <DataTable name={t("Contributions of the stages")} columns={columns} rows={whyRows(accuracy, latency)} />
    </section>
  );
}
