import { benchNames, ratioOf } from "../../src/shared/benchText.js";
import type { BenchResult } from "../types.js";
import { spreadText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** How many times as fast each architecture is as each baseline. */
export function Ratios({ result }: { result: BenchResult }) {
  const { rows, ratios, noise } = result;
  if (ratios.length === 0) return null;
  const names = benchNames(rows);
  const baselines = rows.filter(({ kind }) => kind === "baseline");
  return (
    <section class="ratios">
      <h2>{t("Times as fast as")}</h2>
      <table>
        <caption class="hidden">{t("How many times as fast each architecture is as each baseline")}</caption>
        <thead>
          <tr>
            <th scope="col" class="words">{t("Architecture")}</th>
            {baselines.map(({ key, title }) => <th key={key} scope="col">{title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.filter(({ kind }) => kind === "config").map(({ key }) => (
            <tr key={key}>
              <th scope="row" class="words">{names.get(key)}</th>
              {baselines.map((baseline) => {
                const ratio = ratioOf(result, key, baseline.key);
                return (
                  <td key={baseline.key}>
                    {ratio.median.toFixed(2)}
                    {noise.batches > 1 && <small>{spreadText(ratio)}</small>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim note">
        {noise.batches > 1 ? t("Median over the batches, and smallest to largest below it; both times of a quotient come from the same batch.") : t("From one batch: no spread is known.")}
      </p>
    </section>
  );
}
