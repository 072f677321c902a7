import type { EvaluateCard } from "../types.js";
import { imagesOf, imagesText, pp, tauText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

interface Row {
  name: string;
  note: string;
  tau: number;
  rmse: number | null;
  mae: number | null;
  used?: boolean;
  /** What the images can tell at most, on average. */
  bound?: boolean;
}

function rowsOf(result: EvaluateCard): Row[] {
  const { leaveOneOut, heldOut, terms } = result.fit!;
  const fitted = t("each of {0} predicted by a fit without it", leaveOneOut.n);
  const left = { name: t("The predictor, left out in turn"), note: fitted, tau: leaveOneOut.kendallTau, rmse: leaveOneOut.rmse, mae: leaveOneOut.mae };
  if (heldOut === null) return [{ ...left, used: true }];
  return [
    { name: t("The predictor, held out"), note: t("{0} terms, {1} subnets", terms, heldOut.n), tau: heldOut.kendallTau, rmse: heldOut.rmse, mae: heldOut.mae, used: true },
    left,
    { name: t("Multiply-adds alone"), note: t("on the same held-out subnets"), tau: heldOut.multiplyAddsTau, rmse: null, mae: null },
    { name: t("A perfect predictor"), note: t("about what {0} would show of it", imagesText(imagesOf(result))), tau: heldOut.noiseCeiling, rmse: null, mae: null, bound: true },
  ];
}

/** How well the predictor orders subnets, beside multiply-adds alone and what the images can tell at most. */
export function Quality({ result }: { result: EvaluateCard }) {
  const rows = rowsOf(result);
  return (
    <section class="errors quality">
      <h2>{t("How well it ranks and predicts")}</h2>
      <table>
        <caption class="hidden">{t("Kendall’s tau, and errors in percentage points, of the predictor and what it compares with")}</caption>
        <thead>
          <tr>
            <th scope="col" class="words">{t("Predicted by")}</th>
            <th scope="col">{t("Kendall τ")}</th>
            <th scope="col">RMSE</th>
            <th scope="col">{t("MAE")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, note, tau, rmse, mae, used, bound }) => (
            <tr key={name} class={used === true ? "used" : ""}>
              <th scope="row" class="words">
                {name}
                <small>{note}</small>
              </th>
              <td>{tauText(tau)}<TauBar tau={tau} bound={bound === true} /></td>
              <td>{rmse === null ? "–" : pp(rmse)}</td>
              <td>{mae === null ? "–" : pp(mae)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim note">{t("Kendall τ: 1 where every pair of subnets is in the right order, 0 where the order is chance.")}</p>
    </section>
  );
}

/** The number beside it as a bar from 0 to 1. */
function TauBar({ tau, bound }: { tau: number; bound: boolean }) {
  return (
    <svg class="tau" height={5} aria-hidden="true">
      <rect class="groove" width="100%" height={5} rx={2} />
      <rect class={bound ? "bound" : "fill accuracy"} width={`${100 * Math.min(1, Math.max(0, tau))}%`} height={5} rx={2} />
    </svg>
  );
}
