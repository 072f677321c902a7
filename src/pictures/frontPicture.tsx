import { budgetText, ms, percent } from "../shared/format.js";
import { Axes } from "./axes.js";
import { DataTable, type Column } from "./dataTable.js";
import { padded } from "./path.js";
import { Plot } from "./plot.js";
import { linear, ticks } from "./scale.js";
import { t } from "../shared/l10n.js";

interface Pair { latency: number; accuracy: number }
interface FrontProps { front: readonly Pair[]; at: Pair; budget: number | null; width: number }

const HEIGHT = 240;
const columns: readonly Column<Pair>[] = [
  { head: t("Latency (ms)"), text: (p) => p.latency.toFixed(2) },
  { head: t("Accuracy (%)"), text: (p) => p.accuracy.toFixed(2) },
];

/** The front as stairs, with one architecture and the budget marked. `at` in % and ms; `width` in CSS px. */
export function FrontPicture(props: FrontProps) {
  const { front, budget, width } = props;
  if (front.length < 2) return null;
  return (
    <section class="picture front-picture">
      <h2>{t("Every budget: the exact front")}</h2>
      <Plot width={width}>{(w) => <Drawing {...props} width={w} />}</Plot>
      <p class="legend">
        <span><i class="key" />{t("the most accurate within a budget")}</span>
        <span><i class="key dot" />{t("this architecture")}</span>
        {budget !== null && <span><i class="key dashed latency" />{t("budget")}</span>}
      </p>
      <DataTable name={t("Pareto front")} columns={columns} rows={front} />
    </section>
  );
}

function Drawing({ front, at, budget, width }: FrontProps) {
  const frame = { left: 40, right: width - 14, top: 24, bottom: HEIGHT - 38 };
  const [left, right] = padded([...front.map((p) => p.latency), at.latency, ...(budget === null ? [] : [budget])], 0.02);
  const [low, high] = padded([...front.map((p) => p.accuracy), at.accuracy]);
  const x = linear([left, right], [frame.left, frame.right]);
  const y = linear([low, high], [frame.bottom, frame.top]);
  const stairs = front.map((p, i) => (i === 0 ? `M${x(p.latency).toFixed(1)} ${y(p.accuracy).toFixed(1)}` : `H${x(p.latency).toFixed(1)}V${y(p.accuracy).toFixed(1)}`));
  const [px, py] = [x(at.latency), y(at.accuracy)];
  const toLeft = px > width - 160;
  const within = budget === null ? "" : t(", under a budget of {0}", budgetText(budget));
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={t("Pareto front of {0} architectures; this one is at {1} and {2}{3}", front.length, percent(at.accuracy), ms(at.latency), within)}>
      <Axes {...{ x, y, frame }} xTicks={ticks(left, right, width / 80)} yTicks={ticks(low, high, 5)} xName={t("latency, ms")} yName={t("accuracy, %")} />
      {budget !== null && <line class="budget-line" x1={x(budget)} x2={x(budget)} y1={frame.top} y2={frame.bottom} />}
      <path class="front-line" d={`${stairs.join("")}H${frame.right}`} />
      <circle class="found" cx={px} cy={py} r={5} />
      <text class="strong" x={toLeft ? px - 10 : px + 10} y={py + 22} text-anchor={toLeft ? "end" : "start"}>{t("{0} at {1}", percent(at.accuracy), ms(at.latency))}</text>
    </svg>
  );
}
