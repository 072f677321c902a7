import { useEffect, useMemo } from "preact/hooks";
import { Annealing } from "./annealing.js";
import { Explained } from "./explain/explained.js";
import { editedOf, Explored, tabOf } from "./explored.js";
import { LiveHero } from "./hero.js";
import type { PanelProps } from "./panel.js";
import { Actions } from "./searchActions.js";
import { SearchHeader } from "./searchHeader.js";
import { shownAt } from "./selection.js";
import { Sources } from "./sources.js";
import { Infeasible } from "./states.js";
import type { SearchRunView } from "./types.js";
import { useScrollToMeasured } from "./useScrollToMeasured.js";
import { t } from "../src/shared/l10n.js";

/** How long the slider must rest before its near-ties are asked for, ms: counting them takes the worker some time. */
const REST = 250;

/** A search, read from top to bottom. */
export function SearchPanel(props: Omit<PanelProps, "run"> & { run: SearchRunView }) {
  const { run, nearTies, ui, onUi, send } = props;
  const { budget } = ui;
  const search = () => send({ type: "search" });
  const log = () => send({ type: "showLog" });
  const { result, model } = run;
  const shown = useMemo(() => (result === null ? null : shownAt(result, budget, nearTies)), [result, budget, nearTies]);
  // The model of a run never changes, though every message brings a copy.
  const explained = useMemo(() => (model === null ? null : new Explained(model)), [run.id, model === null]);
  const asked = shown?.kind === "certified" && shown.nearTies === undefined ? shown.index : null;
  useEffect(() => {
    if (asked === null) return;
    const timer = setTimeout(() => send({ type: "nearTies", runId: run.id, point: asked }), REST);
    return () => clearTimeout(timer);
  }, [run.id, asked]);
  const edited = ui.tab === "whatIf" && shown !== null && explained !== null ? editedOf(explained, shown, ui).architecture : null;
  useScrollToMeasured(run);
  return (
    <main>
      <SearchHeader run={run} onResume={() => send({ type: "resume", runId: run.id })} onLog={log} />
      {result === null && run.progress !== null && <LiveHero run={run} progress={run.progress} />}
      {result === null && run.progress === null && run.state === "running" && <p class="dim">{t("Starting the worker…")}</p>}
      {result?.status === "infeasible" && (
        <Infeasible result={result} onSearch={search} onLook={(at) => onUi({ budget: at })} />
      )}
      {result !== null ? <Explored {...props} {...{ run, result, shown, explained }} /> : <Annealing key={run.id} run={run} />}
      <Actions
        run={run}
        shown={shown}
        edited={edited === shown?.point.architecture ? null : edited}
        onFound={(type, which) => send({ type, runId: run.id, ...which })}
        onMeasure={(type) => send({ type, runId: run.id })}
        onSearch={search}
        onCancel={() => send({ type: "cancel", runId: run.id })}
        onLog={log}
      />
      {result !== null && tabOf(ui, shown, explained) === "result" && <Sources result={result} />}
    </main>
  );
}
