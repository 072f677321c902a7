import { cutSentence } from "../shared/account.js";
import { useContext, useState } from "preact/hooks";
import type { Move } from "../shared/explanation.js";
import { DataTable, type Column } from "./dataTable.js";
import { Paper } from "./paper.js";
import { padded } from "./path.js";
import { signed, signedInterval, TARGETS, type Target } from "./target.js";
import { StepLane } from "./waterfall/lane.js";
import { t } from "../shared/l10n.js";
import { toldText } from "../shared/toldText.js";

type Verdict = Move["verdict"];
/** What each verdict means, in the order shown. */
const GROUPS: readonly [verdict: Verdict, name: string, says: string][] = [
  ["better", t("Better"), t("more accurate beyond the error, within the budget")],
  ["equal within error", t("Equal within error"), t("the predictor cannot tell them from this one")],
  ["worse", t("Worse"), t("less accurate beyond the error")],
  ["over budget", t("Over budget"), t("whatever their accuracy")],
];
/** The same in the table. */
const VERDICT: Record<Verdict, string> = { better: t("better"), "equal within error": t("equal within error"), worse: t("worse"), "over budget": t("over budget") };
const FIRST = 8;

type Indexed = Move & { index: number };
const columns: readonly Column<Indexed>[] = [
  { head: t("Change"), text: (move) => toldText(move.change), words: true },
  { head: t("Verdict"), text: (move) => VERDICT[move.verdict], words: true },
  { head: t("Accuracy"), text: (move) => signed.accuracy(move.accuracy.value) },
  { head: t("95 % interval (pp)"), text: (move) => signedInterval("accuracy", move.accuracy.interval) },
  { head: t("Latency"), text: (move) => signed.latency(move.latency.value) },
  { head: t("95 % interval (ms)"), text: (move) => signedInterval("latency", move.latency.interval) },
];

type Scales = Record<Target, { baseline: number; domain: [number, number] }>;
const scaleOf = (moves: readonly Move[], target: Target) => ({
  baseline: 0,
  domain: padded([0, ...moves.flatMap((move) => [move[target].value, ...(move[target].interval ?? [])])]),
});

function MoveRow({ move, scales, onPick }: { move: Indexed; scales: Scales; onPick: ((index: number) => void) | undefined }) {
  const inside = (
    <>
      <span class="stage">{toldText(move.change)}</span>
      {TARGETS.map((target) => {
        const { value, interval } = move[target];
        return <StepLane key={target} target={target} fall={scales[target]} step={{ value, interval, start: 0, end: value }} />;
      })}
    </>
  );
  if (onPick === undefined) return <div class="why-row">{inside}</div>;
  return <button type="button" class="why-row pick" onClick={() => onPick(move.index)}>{inside}</button>;
}

function Group(props: { name: string; says: string; moves: readonly Indexed[]; scales: Scales; onPick: ((index: number) => void) | undefined }) {
  const { name, says, moves, scales, onPick } = props;
  const paper = useContext(Paper);
  const [all, setAll] = useState(false);
  // A button for one or two more would take their place.
  const shown = all || moves.length <= FIRST + 2 ? moves : moves.slice(0, FIRST);
  return (
    <div class="group">
      <h3>{name} <span class="dim">{moves.length === 1 ? t("1 change: {0}", says) : t("{0} changes: {1}", moves.length, says)}</span></h3>
      {shown.map((move) => <MoveRow key={move.index} {...{ move, scales, onPick }} />)}
      {shown.length < moves.length && (paper
        ? <p class="note">{t("The other {0} are in the table.", moves.length - shown.length)}</p>
        : <button type="button" class="more" onClick={() => setAll(true)}>{t("Show all {0}", moves.length)}<span class="hidden">: {name}</span></button>)}
    </div>
  );
}

/** Every legal one-step change and why the search did not take it; `onPick` gets the index into `moves`. */
export function MovesPicture({ moves, onPick }: { moves: readonly Move[]; onPick?: ((index: number) => void) | undefined }) {
  if (moves.length === 0) return null;
  const sorted = moves.map((move, index): Indexed => ({ ...move, index })).sort((a, b) => b.accuracy.value - a.accuracy.value);
  const cut = cutSentence(moves);
  const scales: Scales = { accuracy: scaleOf(moves, "accuracy"), latency: scaleOf(moves, "latency") };
  return (
    <section class="picture why moves">
      <h2>{t("What one change would do")}</h2>
      {cut !== null && <p class="say">{cut}</p>}
      <div class="why-row heads" aria-hidden="true">
        <span class="stage">{t("Change")}</span>
        <span class="lane accuracy">{t("Accuracy, 95 % interval")}</span>
        <span class="lane latency">{t("Latency, 95 % interval")}</span>
      </div>
      {GROUPS.map(([verdict, name, says]) => {
        const group = sorted.filter((move) => move.verdict === verdict);
        return group.length > 0 && <Group key={verdict} {...{ name, says, scales, onPick }} moves={group} />;
      })}
      <DataTable name={t("One-step changes")} columns={columns} rows={sorted} />
    </section>
  );
}
