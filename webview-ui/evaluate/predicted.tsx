import { DataTable, type Column } from "../../src/pictures/dataTable.js";
import { padded } from "../../src/pictures/path.js";
import { linear, ticks } from "../../src/pictures/scale.js";
import { signedPp } from "../../src/shared/format.js";
import { Axes, MARGIN, WIDEST } from "../profile/axes.js";
import type { EvaluateCard } from "../types.js";
import { useWidth } from "../useWidth.js";
import { ceilingSentence, measuredOf, pp, rangeText, subnetsText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

interface Pair { name: string; predicted: number; measured: number; interval: readonly [number, number] }

const columns: Column<Pair>[] = [
  { head: t("Subnet"), text: ({ name }) => name, words: true },
  { head: t("Measured (%)"), text: ({ measured }) => measured.toFixed(2) },
  { head: t("95 % interval"), text: ({ interval }) => rangeText(interval) },
  { head: t("Predicted (%)"), text: ({ predicted }) => predicted.toFixed(2) },
  { head: t("Off by"), text: ({ measured, predicted }) => signedPp(predicted - measured) },
];

/** Subnets that the fit had not seen: those held out, or where there are none each left out in turn. */
function pairsOf(result: EvaluateCard): Pair[] {
  const role = result.fit?.heldOut == null ? "fit" : "heldOut";
  return result.subnets.flatMap((one) => {
    if (one.role !== role || one.predicted === null) return [];
    const { value, interval } = measuredOf(one, result).top1;
    return [{ name: one.name, predicted: one.predicted, measured: value, interval }];
  });
}

/** Measured against predicted by a fit that had not seen the subnet; on the line they are equal. */
export function PredictedScatter({ result }: { result: EvaluateCard }) {
  const [box, full] = useWidth<HTMLDivElement>();
  const width = Math.min(full, WIDEST + MARGIN.left + MARGIN.right);
  const pairs = pairsOf(result);
  const { fit } = result;
  if (fit === null || pairs.length === 0) return null;
  const heldOut = fit.heldOut !== null;
  const quality = fit.heldOut ?? fit.leaveOneOut;
  const sentence = ceilingSentence(result);
  return (
    <section class="scatter">
      <h2>{t("Measured against predicted, {0}", heldOut ? t("held out") : t("each left out in turn"))}</h2>
      <div ref={box} class="plot">
        {width > 80 && <Drawing pairs={pairs} width={width} label={t("{0}, measured against predicted top-1; the root mean square error is {1}", subnetsText(pairs.length), pp(quality.rmse))} />}
      </div>
      <p class="legend">
        <span><i class="key dot" />{t("a subnet")}</span>
        <span><i class="key faint" />{t("95\u00a0% interval of its measurement")}</span>
        <span><i class="key" />{t("measured = predicted")}</span>
      </p>
      {sentence !== null && <p class="say" data-figure="ceiling">{sentence}</p>}
      <DataTable name={heldOut ? t("Held-out subnets") : t("Subnets left out in turn")} columns={columns} rows={[...pairs].sort((a, b) => b.measured - a.measured)} />
    </section>
  );
}

function Drawing({ pairs, width, label }: { pairs: readonly Pair[]; width: number; label: string }) {
  const [low, high] = padded(pairs.flatMap(({ predicted, interval }) => [predicted, ...interval]), 0.03);
  const side = width - MARGIN.left - MARGIN.right;
  // The same scale both ways, else the line is not at 45 degrees.
  const x = linear([low, high], [MARGIN.left, MARGIN.left + side]);
  const y = linear([low, high], [MARGIN.top + side, MARGIN.top]);
  return (
    <svg width={width} height={side + MARGIN.top + MARGIN.bottom} role="img" aria-label={label}>
      <Axes x={x} y={y} ticks={ticks(low, high, side / 56)} side={side} unit="%" />
      <path class="front-line" d={`M${x(low).toFixed(1)} ${y(low).toFixed(1)}L${x(high).toFixed(1)} ${y(high).toFixed(1)}`} />
      {pairs.map(({ predicted, interval: [from, to] }, i) => <line key={i} class="reach faint" x1={x(from)} x2={x(to)} y1={y(predicted)} y2={y(predicted)} />)}
      {pairs.map(({ name, predicted, measured }, i) => (
        <circle key={i} class="sample accuracy" cx={x(measured)} cy={y(predicted)} r={4}>
          <title>{t("{0}: measured {1} %, predicted {2} % ({3})", name, measured.toFixed(2), predicted.toFixed(2), signedPp(predicted - measured))}</title>
        </circle>
      ))}
    </svg>
  );
}
