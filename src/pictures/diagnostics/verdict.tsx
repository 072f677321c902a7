import { t } from "../../shared/l10n.js";

/** One sentence on one figure, and how it is meant. */
export interface Verdict {
  text: string;
  tone: "good" | "warn" | "plain";
}

const GLYPH = { good: "✓", warn: "▲", plain: "" } as const;
const SPOKEN = { good: "", warn: t("Caution: "), plain: "" } as const;

/** Empty where there is nothing to say: the charts beside it keep their level. */
export const VerdictLine = ({ verdict }: { verdict: Verdict | null | undefined }) =>
  verdict == null ? <p class="verdict" /> : (
    <p class={`verdict ${verdict.tone}`}>
      {GLYPH[verdict.tone] !== "" && <span aria-hidden="true">{GLYPH[verdict.tone]} </span>}
      {SPOKEN[verdict.tone] !== "" && <span class="hidden">{SPOKEN[verdict.tone]}</span>}
      {verdict.text}
    </p>
  );
