import { useMemo } from "preact/hooks";
import { t } from "../../src/shared/l10n.js";
import { toldText } from "../../src/shared/toldText.js";
import { probabilityText } from "../../src/shared/probability.js";
import { budgetText, intervalText, ms, percent, signedMs, signedPp } from "../../src/shared/format.js";
import type { Architecture } from "../../src/shared/architecture.js";
import { DifferencePicture } from "../../src/pictures/difference.js";
import { WaterfallPicture } from "../../src/pictures/waterfall/waterfall.js";
import { Button } from "../controls.js";
import { Figure } from "../hero.js";
import { EXTRAPOLATED } from "../sentences.js";
import type { Estimate, SpaceCard } from "../types.js";
import { useWidth } from "../useWidth.js";
import { Editor } from "./editor.js";
import type { Both, Explained } from "./explained.js";

export interface WhatIfProps {
  explained: Explained;
  space: SpaceCard;
  /** What is being edited. */
  architecture: Architecture;
  /** What it is compared with, and what to call it. */
  before: Architecture;
  beforeName: string;
  /** ms */
  budget: number;
  pinned: boolean;
  onEdit: (architecture: Architecture | null) => void;
  /** Compares with this one from now on; null with what is shown again. */
  onPin: (architecture: Architecture | null) => void;
}

/** An architecture under a person's hands: every choice can be changed, and all that is said follows at once. */
export function WhatIf(props: WhatIfProps) {
  const { explained, space, architecture, before, beforeName, budget, pinned, onEdit, onPin } = props;
  const now = useMemo(() => ({ estimates: explained.estimates(architecture), why: explained.why(architecture), chance: explained.withinBudget(architecture, budget) }), [explained, architecture, budget]);
  const then = useMemo(() => explained.estimates(before), [explained, before]);
  const comparison = useMemo(() => explained.comparison(before, architecture), [explained, before, architecture]);
  const changes = explained.changes(before, architecture);
  return (
    <>
      <section class="what-if">
        <h2>{t("What if: change a choice, and everything follows")}</h2>
        <Figures estimates={now.estimates} then={then} beforeName={beforeName} budget={budget} chance={now.chance} />
        <Editor space={space} architecture={architecture} before={before} onChange={onEdit} />
        <div class="row edit-actions">
          <p class="dim" aria-live="polite">{changes.length === 0 ? t("Nothing is changed: this is {0}.", beforeName) : changes.length === 1 ? t("1 change against {0}.", beforeName) : t("{0} changes against {1}.", changes.length, beforeName)}</p>
          <Button onPress={() => onEdit(null)} disabled={changes.length === 0 && !pinned}>{t("Undo all")}</Button>
          {pinned ? <Button onPress={() => onPin(null)}>{t("Unpin")}</Button> : <Button onPress={() => onPin(architecture)} label={t("Pin and compare: further changes are compared with this design")}>{t("Pin and compare")}</Button>}
        </div>
      </section>
      {comparison !== null && changes.length > 0 && <Difference {...{ comparison, then, beforeName, changes }} now={now.estimates} />}
      {now.why !== null && <WaterfallPicture {...now.why} linked={explained.linked} />}
    </>
  );
}

function Figures(props: { estimates: Both<Estimate>; then: Both<Estimate>; beforeName: string; budget: number; chance: number | null }) {
  const { estimates: { accuracy, latency }, then, beforeName, budget, chance } = props;
  const over = latency.value - budget;
  const against = (text: string) => <span>{t("{0} against {1}", text, beforeName)}</span>;
  return (
    <div class="hero edit-figures">
      <Figure tone="accuracy" name="editedAccuracy" value={percent(accuracy.value)}>
        {accuracy.interval !== null && <span>95&nbsp;%: {intervalText(accuracy.interval, accuracy.unit)}</span>}
        {against(signedPp(accuracy.value - then.accuracy.value))}
      </Figure>
      <Figure tone="latency" name="editedLatency" value={ms(latency.value)}>
        {latency.interval !== null && <span>95&nbsp;%: {intervalText(latency.interval, latency.unit)}</span>}
        {against(signedMs(latency.value - then.latency.value))}
      </Figure>
      <Figure name="feasible" tone={over > 0 ? "over" : ""} value={over > 0 ? t("Over") : t("Fits")}>
        <span>{over > 0 ? t("{0} over the budget of {1}", ms(over), budgetText(budget)) : t("{0} below the budget of {1}", ms(-over), budgetText(budget))}</span>
        {chance !== null && <span>{t("a new measurement fits it with {0} probability", probabilityText(chance))}</span>}
      </Figure>
      {(accuracy.extrapolated || latency.extrapolated) && <p class="notice warn edit-note"><b>{t("Extrapolated:")}</b> {EXTRAPOLATED}</p>}
    </div>
  );
}

function Difference(props: { comparison: NonNullable<ReturnType<Explained["comparison"]>>; then: Both<Estimate>; now: Both<Estimate>; beforeName: string; changes: string[] }) {
  const { comparison, then, now, beforeName, changes } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const ends = ({ accuracy, latency }: Both<Estimate>) => ({ accuracy: accuracy.value, latency: latency.value });
  return (
    <div class="compare" ref={box}>
      <p>{t("A is {0}, B this design:", beforeName)}</p>
      <ul class="changes">{changes.map((change) => <li key={change}>{toldText(change)}</li>)}</ul>
      {width > 0 && <DifferencePicture {...comparison} from={ends(then)} to={ends(now)} width={width} />}
    </div>
  );
}
