import { count, ms, percent, shortCount } from "../shared/format.js";
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

const change = (value: number): string => (value === 0 ? "same" : `${value > 0 ? "+" : "\u2212"}${count(String(Math.abs(value)))}`);
const relative = (value: number, of: number): string => {
  const text = Math.abs((value / of - 1) * 100).toFixed(1);
  return Number(text) === 0 ? "same" : `${value < of ? "\u2212" : "+"}${text}\u00a0%`;
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const HEADS = ["Accuracy", "Latency", "Choices that differ", "Blocks", "Largest kernels", "Parameters", "Multiply-adds"];

/** Near-ties of the optimum beside its own figures: what else could be chosen, and for what. */
export function NearTiesPicture({ optimum, ties, onPick }: TiesProps) {
  if (ties.length === 0) return null;
  return (
    <section class="picture near-ties">
      <h2>Near-ties: as good, as far as the predictors can tell</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Near-ties of the optimum">
        <table>
          <thead>
            <tr>
              <th scope="col" class="words">Architecture</th>
              {HEADS.map((head) => <th key={head} scope="col">{head}</th>)}
            </tr>
          </thead>
          <tbody>
            <tr class="own">
              <th scope="row" class="words">The optimum</th>
              <td>{percent(optimum.accuracy)}</td>
              <td>{ms(optimum.latency)}</td>
              <td />
              <td>{optimum.blocks}</td>
              <td>{optimum.largestKernels}</td>
              <td>{shortCount(optimum.parameters)}</td>
              <td>{shortCount(optimum.multiplyAdds)}</td>
            </tr>
            {ties.map((tie, index) => {
              const name = tie.why.length === 0 ? `Near-tie ${index + 1}` : sentence(tie.why.join(", "));
              const depths = tie.architecture.stages.map(({ blocks }) => blocks.length).join(" ");
              return (
                <tr key={index}>
                  <th scope="row" class="words">
                    {onPick === undefined ? name : <button type="button" class="link-like" onClick={() => onPick(index)}>{name}</button>}
                    <small>depths {depths}</small>
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
