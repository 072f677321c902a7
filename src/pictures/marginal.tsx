import type { Marginal, Neighbour } from "../shared/explanation.js";
import { ms, percent } from "../shared/format.js";
import { signed } from "./target.js";

interface Pair { accuracy: number; latency: number }

const rate = (value: number): string => `${Math.abs(value).toFixed(3)}\u00a0pp`;

/** What the last millisecond bought and the next would buy. */
export function marginalSentences({ below, above }: Marginal): string[] {
  const next = above > 0 ? `One millisecond more would buy ${rate(above)} of accuracy.` : "One millisecond more would buy nothing: no better architecture comes within reach.";
  const last = below === null ? "One millisecond less, and nothing fits." : below > 0 ? `One millisecond less would cost ${rate(below)}.` : "One millisecond less would cost nothing.";
  return [next, last];
}

function Side({ name, to, from }: { name: string; to: Neighbour | null; from: Pair }) {
  if (to === null) return null;
  return (
    <div>
      <h3>{name}</h3>
      <p>{percent(to.accuracy)} at {ms(to.latency)} ({signed.accuracy(to.accuracy - from.accuracy)}, {signed.latency(to.latency - from.latency)})</p>
      <ul>{to.changes.map((change, i) => <li key={i}>{change}</li>)}</ul>
    </div>
  );
}

/** What a millisecond buys, and what the neighbours on the front change; `from` is the optimum, in % and ms. */
export function MarginalPicture({ marginal, from }: { marginal: Marginal; from: Pair }) {
  return (
    <section class="picture marginal">
      <h2>What a millisecond buys</h2>
      <p class="say">{marginalSentences(marginal).join(" ")}</p>
      <div class="two">
        <Side name="The next cheaper on the front" to={marginal.cheaper} from={from} />
        <Side name="The next better on the front" to={marginal.better} from={from} />
      </div>
    </section>
  );
}
