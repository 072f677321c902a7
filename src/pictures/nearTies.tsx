import { count, ms, percent, shortCount } from "../shared/format.js";
import { t } from "../shared/l10n.js";
import { toldText } from "../shared/toldText.js";
import type { Figures, ListedTie } from "../shared/results.js";
import { signed } from "./target.js";

/** Figures of the optimum: % and ms, then what they do not say. */
export type TieFigures = Figures & { accuracy: number; latency: number };

interface TiesProps {
  optimum: TieFigures;
  ties: readonly ListedTie[];
  /** Gets the index into `ties`. */
  onPick?: ((index: number) => void) | undefined;
}

const change = (value: number): string => (value === 0 ? t("same") : `${value > 0 ? "+" : "\u2212"}${count(String(Math.abs(value)))}`);
const relative = (value: number, of: number): string => {
  const text = Math.abs((value / of - 1) * 100).toFixed(1);
  return Number(text) === 0 ? t("same") : `${value < of ? "\u2212" : "+"}${text}\u00a0%`;
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const HEADS = [t("Accuracy"), t("Latency"), t("Choices that differ"), t("Blocks"), t("Largest kernels"), t("Parameters"), t("Multiply-adds")];

/** Near-ties of the optimum beside its own figures: what else could be chosen, and for what. */
export function NearTiesPicture({ optimum, ties, onPick }: TiesProps) {
  if (ties.length === 0) return null;
  return (
    <section class="picture near-ties">
      <h2>{t("Near-ties: as good, as far as the predictors can tell")}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("Near-ties of the optimum")}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="words">{t("Architecture")}</th>
              {HEADS.map((head) => <th key={head} scope="col">{head}</th>)}
            </tr>
          </thead>
          <tbody>
            <tr class="own">
              <th scope="row" class="words">{t("The optimum")}</th>
              <td>{percent(optimum.accuracy)}</td>
              <td>{ms(optimum.latency)}</td>
              <td />
              <td>{optimum.blocks}</td>
              <td>{optimum.largestKernels}</td>
              <td>{shortCount(optimum.parameters)}</td>
              <td>{shortCount(optimum.multiplyAdds)}</td>
            </tr>
            {ties.map((tie, index) => {
              const name = tie.why.length === 0 ? t("Near-tie {0}", index + 1) : sentence(tie.why.map(toldText).join(", "));
              const depths = tie.architecture.stages.map(({ blocks }) => blocks.length).join(" ");
              return (
                <tr key={index}>
                  <th scope="row" class="words">
                    {onPick === undefined ? name : <button type="button" class="link-like" onClick={() => onPick(index)}>{name}</button>}
                    <small>{t("depths {0}", depths)}</small>
                  </th>
                  <td>{signed.accuracy(tie.accuracy - optimum.accuracy)}</td>
                  <td>{signed.latency(tie.latency - optimum.latency)}</td>
                  <td>{tie.distance}</td>
                  <td>{change(tie.blocks - optimum.blocks)}</td>
                  <td>{change(tie.largestKernels - optimum.largestKernels)}</td>
                  <td>{relative(tie.parameters, optimum.parameters)}</td>
                  <td>{relative(tie.multiplyAdds, optimum.multiplyAdds)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
