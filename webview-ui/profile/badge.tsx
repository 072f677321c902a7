import { t } from "../../src/shared/l10n.js";
import type { Protocol } from "../../src/shared/measure.js";
import type { NoiseSummary } from "../../src/shared/profile.js";
import type { ProfileCard, ProfileRunView } from "../types.js";
import { badgeRows, noiseSentences } from "./text.js";

/** How quiet the machine was. */
export function NoiseAccount({ result, drift }: { result: { noise: NoiseSummary; protocol: Protocol }; drift?: string }) {
  return (
    <section class="noise">
      <h2>{t("How noisy the machine was")}</h2>
      {noiseSentences(result, drift).map((sentence) => <p key={sentence} class="say">{sentence}</p>)}
    </section>
  );
}

/** What was measured how: milliseconds mean nothing without it. */
export function Badge({ run, result }: { run: ProfileRunView; result: ProfileCard }) {
  return <BadgeCard rows={badgeRows(result, run)} />;
}

const ELSEWHERE = t("Another machine, another runtime or another number of threads has other milliseconds, and often another order.");

/** The same for whatever was measured, as terms and texts. @param note what the numbers do not hold for */
export function BadgeCard(props: { rows: readonly (readonly [string, string])[]; title?: string; note?: string }) {
  const { rows, title = t("Measured on this device"), note = ELSEWHERE } = props;
  return (
    <section class="badge">
      <h2>{title}</h2>
      <div class="card">
        <dl>
          {rows.map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p class="dim">{note}</p>
    </section>
  );
}
