import type { Effect, Overview, TargetOverview } from "../shared/explanation.js";
import { tickText } from "./axes.js";
import { DataTable, type Column } from "./dataTable.js";
import { line, padded, ribbon, type Point } from "./path.js";
import { Plot } from "./plot.js";
import { linear, ticks, type Scale } from "./scale.js";
import { NAME, plain, TARGETS, UNIT, WORD, type Target } from "./target.js";
import { t } from "../shared/l10n.js";

/** In the order of the rows; the last two are of all blocks but the first. */
const KINDS: readonly [what: Effect["what"], name: string][] = [
  ["depth", t("Depth, blocks")],
  ["transition expand", t("Expand ratio of the transition block")],
  ["transition kernel", t("Kernel size of the transition block, px")],
  ["expand", t("Expand ratio of the other blocks")],
  ["kernel", t("Kernel size of the other blocks, px")],
];
/** The same within a sentence. */
const SPOKEN: Record<Effect["what"], string> = {
  depth: t("depth"), "transition expand": t("transition block’s expand ratio"), "transition kernel": t("transition block’s kernel size"),
  expand: t("expand ratio of the other blocks"), kernel: t("kernel size of the other blocks"),
};
/** From here on the targets stand side by side, px. */
const BESIDE = 900;
const COLUMN_GAP = 32;
const LEFT = 40;
const GAP = 10;
const LEAST_CELL = 52;
const HEAD = 18;
const PLOT = 58;
/** A row: its name, which keeps clear of the topmost tick, its plots, and the choices below them. */
const NAMED = 22;
const ROW = NAMED + PLOT + 24;

interface Row { effect: Effect; point: Effect["points"][number] }
const columnsOf = (target: Target): Column<Row>[] => [
  { head: t("Stage"), text: ({ effect }) => effect.stage, words: true },
  { head: t("Choice"), text: ({ effect }) => SPOKEN[effect.what], words: true },
  { head: t("Value"), text: ({ point }) => String(point.choice) },
  { head: t("Mean ({0})", UNIT[target]), text: ({ point }) => point.value.toFixed(2) },
  { head: t("95 % interval ({0})", UNIT[target]), text: ({ point }) => point.interval?.map((end) => end.toFixed(2)).join(t(" to ")) ?? t("none") },
];

/** The effect with the widest reach, in a sentence. */
function widest(target: Target, effects: readonly Effect[]): string {
  const reach = (effect: Effect) => padded(effect.points.map((p) => p.value), 0);
  const span = (effect: Effect) => reach(effect)[1] - reach(effect)[0];
  const top = [...effects].sort((a, b) => span(b) - span(a))[0];
  if (top === undefined) return "";
  const [low, high] = reach(top);
  return t("{0} moves most with stage {1}’s {2}: from {3} to {4}.", NAME[target], top.stage, SPOKEN[top.what], plain[target](low), plain[target](high));
}

/** One choice of a stage: mean prediction over its values, with the 95 % band. Drawn at the origin of its group. */
function Cell({ effect, y, width, target }: { effect: Effect; y: Scale; width: number; target: Target }) {
  const choices = effect.points.map((p) => p.choice);
  const x = linear([Math.min(...choices), Math.max(...choices)], [8, width - 8]);
  const points = effect.points.map((p): Point => [p.choice, p.value]);
  const band = effect.points.flatMap((p) => (p.interval === null ? [] : [{ at: p.choice, low: p.interval[0], high: p.interval[1] }]));
  let last = -Infinity;
  return (
    <g>
      <path class={`band ${target}`} d={ribbon(band, x, y)} />
      <path class={`curve ${target}`} d={line(points, x, y)} />
      {points.map(([choice, value]) => <circle key={choice} class={`fill ${target}`} cx={x(choice)} cy={y(value)} r={2.5} />)}
      {choices.map((choice) => {
        // A label that would touch its neighbour is left out: the table has it.
        if (x(choice) - last < 6 + 6.5 * String(choice).length) return null;
        last = x(choice);
        return <text key={choice} x={x(choice)} y={PLOT + 14} text-anchor="middle">{choice}</text>;
      })}
    </g>
  );
}

function Matrix({ overview, target, width }: { overview: TargetOverview; target: Target; width: number }) {
  const stages = [...new Set(overview.effects.map((effect) => effect.stage))];
  const kinds = KINDS.filter(([what]) => overview.effects.some((effect) => effect.what === what));
  const across = Math.max(1, Math.min(stages.length, Math.floor((width - LEFT + GAP) / (LEAST_CELL + GAP))));
  const cell = (width - LEFT - GAP * (across - 1)) / across;
  const banks = Math.ceil(stages.length / across);
  const bank = HEAD + kinds.length * ROW;
  const values = overview.effects.flatMap((e) => e.points.flatMap((p) => [p.value, ...(p.interval ?? [])]));
  const [low, high] = padded([...values, overview.baseline]);
  const y = linear([low, high], [PLOT, 0]);
  const yTicks = ticks(low, high, 3);
  return (
    <svg width={width} height={banks * bank} role="img" aria-label={t("Mean {0} over the values of every choice, by stage. {1}", WORD[target], widest(target, overview.effects))}>
      {Array.from({ length: banks }, (_, b) => (
        <g key={b} transform={`translate(${LEFT} ${b * bank})`}>
          {stages.slice(b * across, (b + 1) * across).map((stage, i) => (
            <text key={stage} class="strong" x={i * (cell + GAP) + cell / 2} y={12} text-anchor="middle">{cell < 70 ? stage : t("Stage {0}", stage)}</text>
          ))}
          {kinds.map(([what, name], k) => (
            <g key={what} transform={`translate(0 ${HEAD + k * ROW})`}>
              <text x={-LEFT} y={12}>{name}</text>
              <g transform={`translate(0 ${NAMED})`}>
                {yTicks.map((tick) => <text key={tick} x={-6} y={y(tick) + 4} text-anchor="end">{tickText(tick)}</text>)}
                {stages.slice(b * across, (b + 1) * across).map((stage, i) => {
                  const effect = overview.effects.find((other) => other.stage === stage && other.what === what);
                  return (
                    <g key={stage} transform={`translate(${i * (cell + GAP)} 0)`}>
                      {yTicks.map((tick) => <line key={tick} class="rule" x1={0} x2={cell} y1={y(tick)} y2={y(tick)} />)}
                      <line class="mean" x1={0} x2={cell} y1={y(overview.baseline)} y2={y(overview.baseline)} />
                      {effect !== undefined && <Cell {...{ effect, y, target }} width={cell} />}
                    </g>
                  );
                })}
              </g>
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Mean prediction where one choice is given and the rest is the space's mean; one scale within a target. */
export function EffectsPicture({ overview, width }: { overview: Overview; width: number }) {
  const shown = TARGETS.flatMap((target) => {
    const of = overview[target];
    return of === null || of.effects.length === 0 ? [] : [{ target, of }];
  });
  if (shown.length === 0) return null;
  const beside = shown.length === 2 && width >= BESIDE;
  return (
    <section class="picture effects">
      <h2>{t("Effects: the mean prediction where one choice is given")}</h2>
      <div class={`targets ${beside ? "beside" : ""}`}>
        {shown.map(({ target, of }) => (
          <div key={target} class="target">
            <h3>{NAME[target]}, {UNIT[target]}</h3>
            <Plot width={beside ? Math.floor((width - COLUMN_GAP) / 2) : width}>{(w) => <Matrix overview={of} target={target} width={w} />}</Plot>
            <p class="say">{widest(target, of.effects)}</p>
            <DataTable name={t("Effects on {0}", WORD[target])} columns={columnsOf(target)} rows={of.effects.flatMap((effect) => effect.points.map((point) => ({ effect, point })))} />
          </div>
        ))}
      </div>
      <p class="legend">
        <span><i class="key dashed quiet" />{t("mean of the space")}</span>
        <span><i class="key area neutral" />{t("95 % interval")}</span>
      </p>
    </section>
  );
}
