import { useMemo } from "preact/hooks";
import { cutSentence } from "../../src/shared/account.js";
import type { Architecture } from "../../src/shared/architecture.js";
import type { Marginal, Neighbour } from "../../src/shared/explanation.js";
import { MarginalSentences } from "../../src/pictures/marginal.js";
import { Moves } from "../../src/pictures/moves.js";
import { NearTiesTable } from "../../src/pictures/nearTies.js";
import { atBudget } from "../../src/shared/front.js";
import { marginalAt, type Shown } from "../selection.js";
import type { Point } from "../types.js";
import type { Explained } from "./explained.js";

/** What else there is around an architecture: what a millisecond buys, every single move, and those that are as good. */
export function Alternatives(props: { explained: Explained; shown: Shown; front: readonly Point[]; budget: number; onPick: (architecture: Architecture) => void }) {
  const { explained, shown, front, budget, onPick } = props;
  const { architecture } = shown.point;
  const moves = useMemo(() => explained.moves(architecture, budget), [explained, architecture, budget]);
  const marginal = useMemo(() => marginalOf(explained, architecture, front, budget), [explained, architecture, front, budget]);
  const cut = cutSentence(moves);
  const { nearTies } = shown;
  return (
    <>
      <section class="marginal">
        <h2>What a millisecond buys</h2>
        {marginal === null ? <p class="dim">Not known without a front.</p> : <MarginalSentences marginal={marginal} onPick={({ architecture: to }: Neighbour) => onPick(to)} />}
      </section>
      <section class="moves">
        <h2>Every single move, and why the search did not take it</h2>
        {cut !== null && <p class="say">{cut}</p>}
        <Moves moves={moves} onPick={(index: number) => onPick(moves[index]!.architecture)} />
      </section>
      <section class="near-ties">
        <h2>As good within the error of the predictors</h2>
        {nearTies === undefined && <p class="dim">Counting them…</p>}
        {nearTies === null && <p class="dim">They could not be counted: there are too many, or no front.</p>}
        {nearTies != null && <NearTiesTable nearTies={nearTies} changes={(to) => explained.changes(architecture, to)} onPick={onPick} />}
      </section>
    </>
  );
}

/** The slope of the front and its next points. */
function marginalOf(explained: Explained, architecture: Architecture, front: readonly Point[], budget: number): Marginal | null {
  const at = marginalAt(front, budget);
  if (at === null) return null;
  const index = atBudget(front, budget);
  const neighbour = (point: Point | undefined): Neighbour | null =>
    point === undefined
      ? null
      : { architecture: point.architecture, accuracy: point.accuracy.value, latency: point.latency.value, changes: explained.changes(architecture, point.architecture) };
  return { below: at.loss, above: at.gain, unit: "pp/ms", cheaper: neighbour(front[index - 1]), better: neighbour(front[index + 1]) };
}
