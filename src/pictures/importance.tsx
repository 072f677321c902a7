import { useId } from "preact/hooks";
import { importanceSentence } from "../shared/account.js";
import { CHOICES, type Share } from "../shared/explanation.js";
import { CHOICE_NAME } from "./choices.js";
import { DataTable, type Column } from "./dataTable.js";
import { ChoiceLegend, patternId, Patterns } from "./patterns.js";
import { TARGETS, WORD, type Target } from "./target.js";
import { t } from "../shared/l10n.js";

/** Shares of the variance by stage; empty where a predictor is not additive over stages. */
export type Shares = Record<Target, readonly Share[]>;

const HEIGHT = 24;
/** `21.4 %`; below a tenth of a percent it says so. */
export const shareText = (share: number): string => (share > 0 && share < 0.0005 ? "<0.1\u00a0%" : `${(share * 100).toFixed(1)}\u00a0%`);

/** A bar of segments that add up to the share; `most` fills the lane. */
function ShareLane({ target, of, most, scope }: { target: Target; of: Share | undefined; most: number; scope: string }) {
  if (of === undefined) return <span class={`lane ${target} short`} />;
  let at = 0;
  return (
    <span class={`lane ${target} short`}>
      <svg class="fall" height={HEIGHT} aria-hidden="true">
        <line class="rule" x1={0} x2={0} y1={0} y2={HEIGHT} />
        {CHOICES.map((choice) => {
          const wide = (Math.max(0, of.parts[choice]) / most) * 100;
          const from = at;
          at += wide;
          return wide > 0 && <rect key={choice} class={`segment ${target}`} x={`${from.toFixed(2)}%`} width={`${wide.toFixed(2)}%`} y={6} height={12} fill={`url(#${patternId(scope, choice)})`} />;
        })}
      </svg>
      <span class="number"><span class="value">{shareText(of.share)}</span></span>
    </span>
  );
}

interface Row { stage: string; target: Target; share: Share }
const columns: readonly Column<Row>[] = [
  { head: t("Stage"), text: (row) => row.stage, words: true },
  { head: t("Of"), text: (row) => WORD[row.target], words: true },
  { head: t("Share"), text: (row) => shareText(row.share.share) },
  ...CHOICES.map((choice): Column<Row> => ({ head: CHOICE_NAME[choice], text: (row) => shareText(row.share.parts[choice]) })),
];

/** How much of the variance over the space each stage, and each kind of choice in it, accounts for. */
export function ImportancePicture({ shares }: { shares: Shares }) {
  const scope = useId();
  const stages = (shares.accuracy.length > 0 ? shares.accuracy : shares.latency).map(({ stage }) => stage);
  if (stages.length === 0) return null;
  const largest = Math.max(1e-9, ...TARGETS.flatMap((target) => shares[target].map(({ share }) => share)));
  const said = TARGETS.map((target) => importanceSentence(target, shares[target])).join(" ").trim();
  return (
    <section class="picture why importance">
      <h2>{t("What matters in general: share of the variance over the space")}</h2>
      <Patterns scope={`${scope}a`} kind="accuracy" />
      <Patterns scope={`${scope}l`} kind="latency" />
      <Patterns scope={`${scope}n`} kind="neutral" />
      <div class="why-grid" role="img" aria-label={t("Importance of the stages. {0}", said)}>
        <div class="why-row heads" aria-hidden="true">
          <span class="stage" />
          <span class="lane accuracy">{t("Accuracy")}</span>
          <span class="lane latency">{t("Latency")}</span>
        </div>
        {stages.map((stage) => (
          <div key={stage} class="why-row">
            <span class="stage">{t("Stage {0}", stage)}</span>
            {TARGETS.map((target) => (
              <ShareLane key={target} target={target} of={shares[target].find((share) => share.stage === stage)} most={largest} scope={`${scope}${target[0]!}`} />
            ))}
          </div>
        ))}
      </div>
      <ChoiceLegend scope={`${scope}n`} />
      <p class="say">{said}</p>
      <DataTable name={t("Importance of the stages")} columns={columns} rows={stages.flatMap((stage) => TARGETS.flatMap((target) => shares[target].filter((share) => share.stage === stage).map((share) => ({ stage, target, share }))))} />
    </section>
  );
}
