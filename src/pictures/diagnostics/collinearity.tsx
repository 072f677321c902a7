import type { Column } from "../dataTable.js";
import { DataTable } from "../dataTable.js";
import type { FigureProps } from "./fitted.js";
import { VerdictLine } from "./verdict.js";
import { t } from "../../shared/l10n.js";

interface Factor { term: string; vif: number }
const columns: readonly Column<Factor>[] = [
  { head: t("Term"), text: (factor) => factor.term, words: true },
  { head: t("Variance inflation factor"), text: (factor) => vifText(factor.vif) },
];
const SHOWN = 8;
/** Above it a single coefficient says little (Marquardt, Technometrics 12, 1970). */
const LARGE = 10;

const vifText = (vif: number): string => (vif >= 1e6 ? t("over a million") : vif >= 100 ? vif.toFixed(0) : vif.toFixed(1));

/** A product may break before its second factor rather than within a name. */
const broken = (term: string): string => term.replaceAll(":", ":\u200b");

/** The largest variance inflation factors, on a logarithmic scale from 1, with the customary limit of 10. */
export function Collinearity({ diagnostics: { collinearity }, target, verdict }: FigureProps) {
  const shown = collinearity.slice(0, SHOWN);
  const most = Math.log(Math.max(2 * LARGE, Math.min(1e6, shown[0]?.vif ?? 1)));
  const place = (vif: number) => `${((Math.log(Math.min(1e6, Math.max(1, vif))) / most) * 100).toFixed(2)}%`;
  if (shown.length === 0) return null;
  return (
    <div class="diagnostic">
      <h4>{t("Collinearity")}</h4>
      <VerdictLine verdict={verdict} />
      <div class="drawn">
        <div class="vifs" role="img" aria-label={t("Largest variance inflation factors: {0}", shown.slice(0, 3).map(({ term, vif }) => `${term} ${vifText(vif)}`).join(", "))}>
          {shown.map(({ term, vif }, i) => (
            <div key={i} class="vif">
              <span class="term">{broken(term)}</span>
              <svg class="fall" height="18" aria-hidden="true">
                <rect class={`fill ${target} part`} x="0" y="5" width={place(vif)} height="8" rx="1" />
                <line class="limit" x1={place(LARGE)} x2={place(LARGE)} y1="0" y2="18" />
              </svg>
              <span class="factor">{vifText(vif)}</span>
            </div>
          ))}
        </div>
        <p class="note">{t("Variance inflation factors, logarithmic; the dashed line stands at {0}.", LARGE)}</p>
      </div>
      <DataTable name={t("Variance inflation factors")} columns={columns} rows={collinearity} />
    </div>
  );
}
