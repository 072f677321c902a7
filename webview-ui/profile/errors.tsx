import { FORMS } from "../../src/shared/forms.js";
import { t } from "../../src/shared/l10n.js";
import type { HeldOut } from "../../src/shared/profile.js";
import { ms } from "../../src/shared/format.js";
import type { ProfileCard } from "../types.js";
import { share } from "./text.js";

interface Row {
  name: string;
  terms: number;
  heldOut: HeldOut | null;
  used: boolean;
}

const titleOf = (form: string) => FORMS.latency.find(({ name }) => name === form)?.title ?? form;

/** The predictor's held-out error beside that of the regression forms on the same architectures. */
export function Errors({ result }: { result: ProfileCard }) {
  const rows: Row[] = [
    { name: t("Per block"), terms: result.terms, heldOut: result.heldOut, used: true },
    ...result.forms.map(({ form, terms, heldOut }) => ({ name: titleOf(form), terms, heldOut, used: false })),
  ];
  return (
    <section class="errors">
      <h2>{t("Held-out error of each form")}</h2>
      <table>
        <caption class="hidden">{t("Held-out error of each form on the same {0} architectures", result.samples.length)}</caption>
        <thead>
          <tr>
            <th scope="col" class="words">{t("Form")}</th>
            <th scope="col">{t("Error")}</th>
            <th scope="col">RMSE</th>
            <th scope="col">{t("Kendall τ")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, terms, heldOut, used }) => (
            <tr key={name} class={used ? "used" : ""}>
              <th scope="row" class="words">
                {name}
                <small>{t("{0} terms{1}", terms, used ? t(", used by the search") : heldOut === null ? t(", needs {0} architectures", terms + 3) : "")}</small>
              </th>
              <td>{heldOut === null ? "–" : share(heldOut.mape)}</td>
              <td>{heldOut === null ? "–" : ms(heldOut.rmse)}</td>
              <td>{heldOut === null ? "–" : heldOut.kendallTau.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim note">{t("Leave-one-out on the same timed architectures; the per-block form also knows the traces of every block.")}</p>
    </section>
  );
}
