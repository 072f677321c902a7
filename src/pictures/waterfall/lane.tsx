import { plain, signed, signedInterval, type Target } from "../target.js";
import type { Step, Waterfall } from "./stack.js";
import { t } from "../../shared/l10n.js";

const HEIGHT = 24;
const MIDDLE = HEIGHT / 2;
type Domain = readonly [number, number];

/** Percentages of the cell's width, so that the drawing follows it without being measured. */
const place = ([low, high]: Domain) => (value: number) => `${(((value - low) / (high - low)) * 100).toFixed(2)}%`;
const extent = ([low, high]: Domain, a: number, b: number) => `${((Math.abs(b - a) / (high - low)) * 100).toFixed(2)}%`;

function StepBar({ domain, baseline, step, target, part }: { domain: Domain; baseline: number; step: Step; target: Target; part: boolean }) {
  const at = place(domain);
  const half = part ? 3 : 5;
  return (
    <svg class="fall" height={HEIGHT} aria-hidden="true">
      <line class="rule" x1={at(baseline)} x2={at(baseline)} y1={0} y2={HEIGHT} />
      <line class="link in" x1={at(step.start)} x2={at(step.start)} y1={0} y2={MIDDLE} />
      <line class="link out" x1={at(step.end)} x2={at(step.end)} y1={MIDDLE} y2={HEIGHT} />
      <rect class={`fill ${target} ${part ? "part" : ""}`} x={at(Math.min(step.start, step.end))} width={extent(domain, step.start, step.end)} y={MIDDLE - half} height={2 * half} rx={1} />
      {step.interval !== null && (
        <line class="whisker" x1={at(step.start + step.interval[0])} x2={at(step.start + step.interval[1])} y1={MIDDLE} y2={MIDDLE} />
      )}
    </svg>
  );
}

/** Of the same choices the difference is nothing, without any doubt to tell. */
const unchanged = ({ value, interval }: Step): boolean => value === 0 && interval !== null && interval[0] === 0 && interval[1] === 0;

/** One step with its number and interval; `part` draws it as a part of the step above; `digits` of differences in ms. */
export function StepLane(props: { target: Target; fall: Pick<Waterfall, "domain" | "baseline">; step: Step; part?: boolean; digits?: number }) {
  const { target, fall, step, part = false, digits } = props;
  return (
    <span class={`lane ${target}`}>
      <StepBar {...fall} {...{ step, target, part }} />
      <span class="number">
        <span class="value">{signed[target](step.value, digits)}</span>
        {step.interval !== null && !unchanged(step) && <small>{signedInterval(target, step.interval, digits)}</small>}
      </span>
    </span>
  );
}

/** Where the waterfall begins or ends: a dot at the value. */
export function EndLane(props: { target: Target; fall: Waterfall; end: "baseline" | "total" }) {
  const { target, fall, end } = props;
  const at = place(fall.domain);
  const value = fall[end];
  const total = end === "total";
  return (
    <span class={`lane ${target}`}>
      <svg class="fall" height={HEIGHT} aria-hidden="true">
        <line class="rule" x1={at(fall.baseline)} x2={at(fall.baseline)} y1={total ? 0 : MIDDLE} y2={total ? MIDDLE : HEIGHT} />
        {total && <line class="link" x1={at(value)} x2={at(value)} y1={0} y2={MIDDLE} />}
        <circle class={`fill ${target}`} cx={at(value)} cy={MIDDLE} r={4} />
      </svg>
      <span class="number"><b class="value">{plain[target](value)}</b></span>
    </span>
  );
}

/** The heads of the two lanes. */
export const LaneHeads = ({ text = t("95 % interval") }: { text?: string }) => (
  <div class="why-row heads" aria-hidden="true">
    <span class="stage" />
    <span class="lane accuracy">{t("Accuracy, {0}", text)}</span>
    <span class="lane latency">{t("Latency, {0}", text)}</span>
  </div>
);
