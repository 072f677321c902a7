import { Button } from "../controls.js";
import type { FromPanel, ProfileRunView } from "../types.js";
import { Badge, NoiseAccount } from "./badge.js";
import { Errors } from "./errors.js";
import { ProfileFigures } from "./figures.js";
import { ProfileHeader } from "./header.js";
import { LiveProfile } from "./live.js";
import { Scatter } from "./scatter.js";
import { t } from "../../src/shared/l10n.js";

/** A profile of this machine, read from top to bottom. */
export function ProfilePanel({ run, send }: { run: ProfileRunView; send: (message: FromPanel) => void }) {
  const { result, progress } = run;
  const log = () => send({ type: "showLog" });
  return (
    <main>
      <ProfileHeader run={run} onResume={() => send({ type: "resume", runId: run.id })} onLog={log} />
      {result === null && progress !== null && <LiveProfile run={run} progress={progress} />}
      {result === null && progress === null && run.state === "running" && <p class="dim">{t("Starting the worker…")}</p>}
      {result !== null && (
        <>
          <ProfileFigures result={result} />
          <div class="two">
            <Scatter result={result} target={run.asked.target} />
            <div>
              <Errors result={result} />
              <NoiseAccount result={result} />
            </div>
          </div>
          <Badge run={run} result={result} />
        </>
      )}
      <section class="actions" aria-label={t("Actions")}>
        {run.state === "running" && <Button primary onPress={() => send({ type: "cancel", runId: run.id })}>{t("Cancel profile")}</Button>}
        {result !== null && (
          <>
            <Button primary onPress={() => send({ type: "search", runId: run.id })}>{t("Search with it…")}</Button>
            <Button onPress={() => send({ type: "savePredictor", runId: run.id })}>{t("Save predictor…")}</Button>
          </>
        )}
        {run.state !== "running" && <Button onPress={() => send({ type: "profile" })}>{t("New profile…")}</Button>}
        <Button onPress={log}>{t("Show log")}</Button>
      </section>
    </main>
  );
}
