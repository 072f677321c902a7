import { DataTable, type Column } from "../../src/pictures/dataTable.js";
import { intervalText } from "../../src/shared/format.js";
import type { EvaluateCard, Evaluated } from "../types.js";
import { useWidth } from "../useWidth.js";
import { CostDrawing, type CostPoint } from "./costScatter.js";
import { byAccuracy, measuredOf, millions, precisionOf, rangeText, shownName, subnetsText } from "./text.js";
import { t } from "../../src/shared/l10n.js";

/** As many names as a picture can hold. */
const NAMED = 12;

const ROLE = { fit: t("fitted"), heldOut: t("held out"), given: t("given") };

/** A column for each thing that is known of a subnet. */
function columnsOf(result: EvaluateCard): Column<Evaluated>[] {
  const precision = precisionOf(result);
  const other = result.precisions.find((one) => one !== precision);
  const some = (has: (one: Evaluated) => boolean) => result.subnets.some(has);
  const columns: (Column<Evaluated> | false)[] = [
    { head: t("Subnet"), text: shownName, words: true },
    some(({ role }) => role !== "given") && { head: t("Role"), text: ({ role }) => ROLE[role], words: true },
    { head: t("Top-1, {0} (%)", precision), text: (one) => measuredOf(one, result).top1.value.toFixed(2) },
    { head: t("95 % interval"), text: (one) => rangeText(measuredOf(one, result).top1.interval) },
    some((one) => measuredOf(one, result).top5 !== null) && { head: t("Top-5 (%)"), text: (one) => measuredOf(one, result).top5?.value.toFixed(2) ?? "–" },
    other !== undefined && { head: t("Top-1, {0} (%)", other), text: (one) => one[other]?.top1.value.toFixed(2) ?? "–" },
    some(({ predicted }) => predicted !== null) && { head: t("Predicted (%)"), text: ({ predicted }) => predicted?.toFixed(2) ?? "–" },
    { head: t("Parameters"), text: ({ parameters }) => millions(parameters) },
    { head: t("Multiply-adds"), text: ({ multiplyAdds }) => millions(multiplyAdds) },
    { head: t("Blocks per stage"), text: ({ stages }) => stages.map(({ blocks }) => blocks.length).join(" "), words: true },
  ];
  return columns.filter((column) => column !== false);
}

/** Which subnets the picture names: the ends and the best of a design, all of a few configs. */
function namesOf(result: EvaluateCard): Map<Evaluated, string> {
  const [best] = byAccuracy(result);
  if (result.fit === null && result.subnets.length <= NAMED) return new Map(result.subnets.map((one) => [one, shownName(one)]));
  const ends = result.subnets.filter(({ role, name }) => role !== "given" && (name === "smallest" || name === "largest"));
  return new Map([...ends.map((one) => [one, one === best ? t("{0}, the best", one.name) : one.name] as const), ...(ends.includes(best!) ? [] : [[best!, t("the best")] as const])]);
}

/** What a subnet costs and how good it measured. */
export function Cost({ result }: { result: EvaluateCard }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const names = namesOf(result);
  const points = result.subnets.map((one): CostPoint => {
    const { top1 } = measuredOf(one, result);
    const name = names.get(one);
    return { multiplyAdds: one.multiplyAdds, top1: top1.value, interval: top1.interval, heldOut: one.role === "heldOut", ...(name === undefined ? {} : { name }) };
  });
  const sorted = byAccuracy(result);
  const said = sorted.length === 0 ? "" : t(", from {0}", intervalText([measuredOf(sorted.at(-1)!, result).top1.value, measuredOf(sorted[0]!, result).top1.value], "%"));
  return (
    <section class="scatter">
      <h2>{t("Measured accuracy and cost")}</h2>
      <div ref={box} class="plot">
        {width > 80 && <CostDrawing points={points} width={width} label={t("Measured top-1 over multiply-adds of {0}{1}", subnetsText(points.length), said)} />}
      </div>
      <p class="legend">
        <span><i class="key dot" />{points.some(({ heldOut }) => heldOut) ? t("a subnet the predictor was fitted to") : t("a subnet")}</span>
        {points.some(({ heldOut }) => heldOut) && <span><i class="key dot hollow accuracy" />{t("held out")}</span>}
        <span><i class="key upright" />{t("95\u00a0% interval of the named")}</span>
      </p>
      <DataTable name={t("Measured subnets")} columns={columnsOf(result)} rows={sorted} />
    </section>
  );
}
