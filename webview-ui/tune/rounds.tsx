import { share } from "../profile/text.js";
import type { TuneCard } from "../types.js";
import { signedShare } from "./text.js";
import { t } from "../../src/shared/l10n.js";

interface Row {
  name: string;
  note: string;
  architectures: number;
  error: number | null;
  level: { factor: number; disagreement: number };
  suspect: boolean;
}

/** The batches in turn: what each measured, how wrong the predictor was before it, how the machine stood that day. */
export function Rounds({ result }: { result: TuneCard }) {
  const rows: Row[] = [
    ...result.rounds.map(({ candidates, error, level, suspect }, i) => ({ name: t("Round {0}", i + 1), note: i === 0 ? t("predictor as profiled") : t("predictor corrected"), architectures: candidates.length, error, level, suspect })),
    ...result.confirmations.map(({ architectures, level, suspect, kept }) => ({ name: t("Confirming"), note: kept ? t("the winner once more") : t("a winner that gave way"), architectures, error: null, level, suspect })),
  ];
  return (
    <section class="errors rounds">
      <h2>{t("What was measured")}</h2>
      <table>
        <caption class="hidden">{t("Batches of the run: architectures measured, error of the predictor before the correction, level of the machine")}</caption>
        <thead>
          <tr>
            <th scope="col" class="words">{t("Batch")}</th>
            <th scope="col">{t("Networks")}</th>
            <th scope="col">{t("Error")}</th>
            <th scope="col">{t("Level")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, note, architectures, error, level, suspect }, i) => (
            <tr key={i}>
              <th scope="row" class="words">
                {name}
                <small>{suspect ? t("suspect: the machine was busy") : note}</small>
              </th>
              <td>{architectures}</td>
              <td>{error === null ? "–" : share(error)}</td>
              <td>{signedShare(1 / level.factor - 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim note">
        {t("Error: mean difference of measured and predicted before the batch corrected the predictor. Level: time the machine needed, by its reference networks, against the day of the profile; it is divided out.")}
      </p>
    </section>
  );
}
