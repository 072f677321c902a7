import { marginalSentence } from "../shared/account.js";
import type { Marginal, Neighbour } from "../shared/explanation.js";
import { ms, percent, signedMs, signedPp } from "../shared/format.js";
import { t } from "../shared/l10n.js";
import { toldText } from "../shared/toldText.js";

interface Pair { accuracy: number; latency: number }

type Pick = ((to: Neighbour) => void) | undefined;

function Side({ name, to, from, onPick }: { name: string; to: Neighbour | null; from: Pair; onPick: Pick }) {
  if (to === null) return null;
  return (
    <div>
      <h3>{onPick === undefined ? name : <button type="button" class="link-like" onClick={() => onPick(to)}>{name}</button>}</h3>
      <p>{t("{0} at {1} ({2}, {3})", percent(to.accuracy), ms(to.latency), signedPp(to.accuracy - from.accuracy, 3), signedMs(to.latency - from.latency, 2))}</p>
      <ul>{to.changes.map((change, i) => <li key={i}>{toldText(change)}</li>)}</ul>
    </div>
  );
}

/** What a millisecond buys, and what the neighbours on the front change; `from` is the optimum, in % and ms. */
export function MarginalPicture({ marginal, from, onPick }: { marginal: Marginal; from: Pair; onPick?: Pick }) {
  return (
    <section class="picture marginal">
      <h2>{t("What a millisecond buys")}</h2>
      <p class="say">{marginalSentence(marginal)}</p>
      <div class="two">
        <Side name={t("The next cheaper on the front")} to={marginal.cheaper} from={from} onPick={onPick} />
        <Side name={t("The next better on the front")} to={marginal.better} from={from} onPick={onPick} />
      </div>
    </section>
  );
}
