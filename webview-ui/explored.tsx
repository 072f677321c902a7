import { useEffect, useMemo } from "preact/hooks";
import { Annealing } from "./annealing.js";
import { ArchitectureDrawing } from "../src/pictures/architectureDrawing.js";
import { WaterfallPicture } from "../src/pictures/waterfall/waterfall.js";
import { BudgetControl } from "./budgetControl.js";
import { Alternatives } from "./explain/alternatives.js";
import type { Explained } from "./explain/explained.js";
import { General } from "./explain/general.js";
import { Tabs } from "./explain/tabs.js";
import { Trust } from "./explain/trust.js";
import { WhatIf } from "./explain/whatIf.js";
import { Button } from "./controls.js";
import { Front } from "./front.js";
import { Hero } from "./hero.js";
import type { PanelProps } from "./panel.js";
import { marginalAt, moveBudget, type Shown } from "./selection.js";
import { Sources } from "./sources.js";
import type { Architecture, PanelUi, SearchResult, SearchRunView } from "./types.js";
import { useWidth } from "./useWidth.js";
import { Why as PointWhy } from "./why.js";
import { t } from "../src/shared/l10n.js";

interface ExploredProps extends Pick<PanelProps, "overview" | "ui" | "onUi" | "send"> {
  run: SearchRunView;
  result: SearchResult;
  shown: Shown | null;
  explained: Explained | null;
}

/** What a result holds: figures and slider, and below them one view at a time. */
export function Explored(props: ExploredProps) {
  const { run, result, shown, ui, onUi, explained } = props;
  const { budget } = ui;
  const at = budget ?? result.budget;
  const move = (wish: number) => onUi({ budget: moveBudget(result, wish) });
  const control = shown !== null || budget !== null;
  const tab = tabOf(ui, shown, explained);
  return (
    <>
      {/* There the figures are those of the edited design. */}
      {shown !== null && tab !== "whatIf" && <Hero result={result} shown={shown} measured={run.measured} marginal={marginalAt(result.front, at)} />}
      {control && (
        <BudgetControl result={result} shown={shown} budget={at} atRun={budget === null} onMove={move} onOptimum={() => onUi({ budget: result.budget })} onReset={() => onUi({ budget: null })} />
      )}
      {shown !== null && explained !== null && <Tabs tab={tab} onTab={(to) => onUi({ tab: to })} />}
      <div id="view" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "result" ? <ResultView {...{ run, result, shown, explained }} budget={at} onMove={move} onAccount={(type) => props.send({ type, runId: run.id, point: pointOf(shown), budget: at })} /> : <OtherView {...props} shown={shown!} explained={explained!} tab={tab} budget={at} />}
      </div>
    </>
  );
}

/** The view that is open: without an architecture, or without what explains it, there is only one. */
export const tabOf = (ui: PanelUi, shown: Shown | null, explained: Explained | null): PanelUi["tab"] =>
  shown === null || explained === null ? "result" : ui.tab;

/** How a message names what is shown. */
const pointOf = (shown: Shown | null): number | null => (shown === null || shown.kind === "found" ? null : shown.index);

interface ResultViewProps extends Pick<ExploredProps, "run" | "result" | "shown" | "explained"> {
  budget: number;
  onMove: (budget: number) => void;
  onAccount: (what: "copyAccount" | "saveReport") => void;
}

function ResultView(props: ResultViewProps) {
  const { run, result, shown, explained, budget, onMove, onAccount } = props;
  return (
    <>
      <div class="two">
        <Annealing key={run.id} run={run} />
        {result.front.length > 1 && <Front result={result} shown={shown} budget={budget} onMove={onMove} />}
      </div>
      {shown !== null && (
        <div class="two late">
          <Drawn shown={shown} result={result} />
          <Why shown={shown} explained={explained} onAccount={onAccount} />
        </div>
      )}
    </>
  );
}

function Drawn({ shown, result }: { shown: Shown; result: SearchResult }) {
  const [box, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={box}>
      <ArchitectureDrawing architecture={shown.point.architecture} space={result.space} width={width} />
    </div>
  );
}

/** Why this architecture, and how to tell others. */
function Why({ shown, explained, onAccount }: { shown: Shown; explained: Explained | null; onAccount: ResultViewProps["onAccount"] }) {
  const { architecture } = shown.point;
  const why = useMemo(() => explained?.why(architecture) ?? null, [explained, architecture]);
  return (
    <div>
      {why !== null ? <WaterfallPicture {...why} linked={explained!.linked} /> : <PointWhy point={shown.point} />}
      {explained !== null && (
        <div class="row tell">
          <Button onPress={() => onAccount("saveReport")} label={t("Save report: this architecture with all pictures, as one HTML file")}>{t("Save report…")}</Button>
          <Button onPress={() => onAccount("copyAccount")} label={t("Copy account of this architecture, as Markdown")}>{t("Copy account")}</Button>
        </div>
      )}
    </div>
  );
}

function OtherView(props: ExploredProps & { shown: Shown; explained: Explained; tab: Exclude<PanelUi["tab"], "result">; budget: number }) {
  const { run, result, shown, explained, tab, budget, overview, ui, onUi, send } = props;
  const missing = tab === "general" && overview === undefined;
  useEffect(() => {
    if (missing) send({ type: "overview", runId: run.id });
  }, [missing, run.id]);
  const pick = (architecture: Architecture) => onUi({ tab: "whatIf", edited: architecture, pinned: null });
  switch (tab) {
    case "alternatives":
      return <Alternatives explained={explained} shown={shown} front={result.front} budget={budget} onPick={pick} />;
    case "whatIf":
      return <Edited {...{ result, shown, explained, budget, ui, onUi }} />;
    case "general":
      return <General overview={overview} />;
    case "predictors":
      return (
        <>
          <Trust model={run.model!} />
          <Sources result={result} />
        </>
      );
  }
}

/** The design under “What if”: the edited one, or what is shown while nothing is edited. */
export function editedOf(explained: Explained, shown: Shown, ui: PanelUi): { architecture: Architecture; before: Architecture; pinned: boolean } {
  const own = (architecture: Architecture | null) => (architecture !== null && explained.holds(architecture) ? architecture : null);
  const pinned = own(ui.pinned);
  const before = pinned ?? shown.point.architecture;
  return { architecture: own(ui.edited) ?? before, before, pinned: pinned !== null };
}

function Edited(props: { result: SearchResult; shown: Shown; explained: Explained; budget: number } & Pick<PanelProps, "ui" | "onUi">) {
  const { result, shown, explained, budget, ui, onUi } = props;
  const { architecture, before, pinned } = useMemo(() => editedOf(explained, shown, ui), [explained, shown, ui]);
  const name = pinned ? t("the pinned design") : shown.kind === "found" ? t("what the run found") : t("the shown optimum");
  return (
    <WhatIf
      {...{ explained, architecture, before, budget, pinned }}
      space={result.space}
      beforeName={name}
      onEdit={(edited) => onUi(edited === null ? { edited: null, pinned: null } : { edited })}
      onPin={(architecture) => onUi({ pinned: architecture })}
    />
  );
}
