import { useMemo } from "preact/hooks";
import type { Architecture } from "../../src/shared/architecture.js";
import type { Marginal, Neighbour } from "../../src/shared/explanation.js";
import { MarginalPicture } from "../../src/pictures/marginal.js";
import { MovesPicture } from "../../src/pictures/moves.js";
import { NearTiesPicture } from "../../src/pictures/nearTies.js";
import { atBudget } from "../../src/shared/front.js";
import { marginalAt, type Shown } from "../selection.js";
import type { Point } from "../types.js";
import type { Explained } from "./explained.js";
import { t } from "../../src/shared/l10n.js";

/** What else there is around an architecture: what a millisecond buys, every single move, and those that are as good. */
export function Alternatives(props: { explained: Explained; shown: Shown; front: readonly Point[]; budget: number; onPick: (architecture: Architecture) => void }) {
  const { explained, shown, front, budget, onPick } = props;
  const { architecture, accuracy, latency } = shown.point;
  const moves = useMemo(() => explained.moves(architecture, budget), [explained, architecture, budget]);
  const marginal = useMemo(() => marginalOf(explained, architecture, front, budget), [explained, architecture, front, budget]);
  const here = { accuracy: accuracy.value, latency: latency.value };
  return (
    <>
      {marginal !== null && <MarginalPicture marginal={marginal} from={here} onPick={(to) => onPick(to.architecture)} />}
      <MovesPicture moves={moves} onPick={(index) => onPick(moves[index]!.architecture)} />
      <NearTies nearTies={shown.nearTies} of={optimumAt(front, budget) ?? here} onPick={onPick} />
    </>
  );
}

function NearTies({ nearTies, of, onPick }: { nearTies: Shown["nearTies"]; of: { accuracy: number; latency: number }; onPick: (architecture: Architecture) => void }) {
  if (nearTies === undefined) return <p class="dim">{t("Counting the near-ties…")}</p>;
  if (nearTies?.listed === undefined || nearTies.optimum === undefined) return null;
  const { listed, optimum } = nearTies;
  return <NearTiesPicture optimum={{ ...optimum, ...of }} ties={listed} onPick={(index) => onPick(listed[index]!.architecture)} />;
}

/** The optimum that near-ties are near to. */
function optimumAt(front: readonly Point[], budget: number): { accuracy: number; latency: number } | null {
  const point = front[atBudget(front, budget)];
  return point === undefined ? null : { accuracy: point.accuracy.value, latency: point.latency.value };
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
