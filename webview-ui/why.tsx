import { WaterfallPicture } from "../src/pictures/waterfall/waterfall.js";
import type { Contributions, Point } from "./types.js";
import { t } from "../src/shared/l10n.js";

/** A search says what each stage adds, and not what the stage is made of. */
const stacked = ({ baseline, stages }: Contributions) => ({ baseline, contributions: stages });

/** What each stage adds to both predictions, from the space's mean to this architecture. */
export function Why({ point: { why } }: { point: Point }) {
  if (why !== null) return <WaterfallPicture accuracy={stacked(why.accuracy)} latency={stacked(why.latency)} />;
  return (
    <section class="why">
      <h2>{t("Why")}</h2>
      <p class="dim">{t("A predictor of this run is not a sum over stages, so no stage has a share of its own.")}</p>
    </section>
  );
}
