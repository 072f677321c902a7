import { t } from "../src/shared/l10n.js";
import { comparisonOf, measuredHow, measuredNotes, measuredValue, type Comparison } from "../src/shared/verifiedText.js";
import type { Estimate, PredictorCard, Verified } from "./types.js";

/** Below the predicted latency: what this machine needs, and how that was measured. */
export function MeasuredLines({ measured }: { measured: readonly Verified[] }) {
  return (
    <>
      {measured.map((one) => (
        <span class="measured" key={one.protocol.precision}>
          {t("measured on this machine: ")}<b>{measuredValue(one)}</b> {measuredHow(one)}
        </span>
      ))}
    </>
  );
}

const TONE: Record<Comparison["kind"], string> = { agrees: "good", parts: "warn", apart: "", open: "" };

/** How the measurements stand to the prediction. What holds for several is said once. */
export function Comparisons(props: { measured: readonly Verified[]; predicted: Estimate; card: PredictorCard }) {
  const { measured, predicted, card } = props;
  const said = new Map<string, { tone: string; precisions: string[] }>();
  for (const one of measured) {
    const { kind, text } = comparisonOf(one, predicted, card);
    const whole = [text, ...measuredNotes(one)].join(" ");
    const before = said.get(whole)?.precisions ?? [];
    said.set(whole, { tone: TONE[kind], precisions: [...before, one.protocol.precision] });
  }
  return (
    <>
      {[...said].map(([text, { tone, precisions }]) => (
        <p class={`notice ${tone}`} data-figure="comparison" key={text}>
          {said.size > 1 && <b>{precisions.join(", ")}: </b>}
          {text}
        </p>
      ))}
    </>
  );
}
