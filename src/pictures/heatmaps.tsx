import type { Heatmap, Overview } from "../shared/explanation.js";
import { NAME, STEP_UNIT, TARGETS, type Target } from "./target.js";
import { t } from "../shared/l10n.js";

/** A signed number without its unit, which stands in the head; short, for a cell. */
function cellText(target: Target, value: number): string {
  const text = Math.abs(value).toFixed(target === "accuracy" ? 2 : 1);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "\u2212" : "+"}${text}`;
}

/** From the smallest (no tint) over zero to the largest: lighter is less. At most 40 %, so that text stays readable. */
const tint = (value: number, most: number): string => `${Math.round(20 + (20 * value) / most)}%`;

function Map({ map, target, most }: { map: Heatmap; target: Target; most: number }) {
  return (
    <table class={`heat ${target}`}>
      <caption>{t("Stage {0}", map.stage)}</caption>
      <thead>
        <tr>
          <td><span class="hidden">{t("depth, by expand ratio")}</span></td>
          {map.expand.map((expand) => <th key={expand} scope="col">e{expand}</th>)}
        </tr>
      </thead>
      <tbody>
        {map.depth.map((depth, i) => (
          <tr key={depth}>
            <th scope="row">{depth}<span class="hidden">{t(" blocks")}</span></th>
            {map.expand.map((expand, j) => {
              const value = map.values[i]?.[j];
              return value === undefined ? <td key={expand} /> : <td key={expand} style={{ "--tint": tint(value, most) }}>{cellText(target, value)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Depth by expand ratio of every stage, against the mean of the space; the numbers carry the meaning, the tint helps. */
export function HeatmapsPicture({ overview }: { overview: Overview }) {
  const shown = TARGETS.flatMap((target) => {
    const maps = overview[target]?.heatmaps ?? [];
    return maps.length === 0 ? [] : [{ target, maps }];
  });
  if (shown.length === 0) return null;
  return (
    <section class="picture heatmaps">
      <h2>{t("Depth and expand ratio together")}</h2>
      <p class="say">{t("Difference from the mean of the space where a stage has so many blocks (rows), all of one expand ratio (columns). A stronger tint is a larger value.")}</p>
      {shown.map(({ target, maps }) => {
        const most = Math.max(1e-9, ...maps.flatMap((map) => map.values.flat().map(Math.abs)));
        return (
          <div key={target} class="target">
            <h3>{NAME[target]}, {STEP_UNIT[target]}</h3>
            <div class="heats">
              {maps.map((map) => <Map key={map.stage} {...{ map, target, most }} />)}
            </div>
          </div>
        );
      })}
    </section>
  );
}
