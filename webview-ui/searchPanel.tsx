import { useEffect, useMemo } from "preact/hooks";
import { Annealing } from "./annealing.js";
import { ArchitectureDrawing } from "../src/pictures/architectureDrawing.js";
import { BudgetControl } from "./budgetControl.js";
import { Front } from "./front.js";
import { Hero, LiveHero } from "./hero.js";
import { Actions } from "./searchActions.js";
import { SearchHeader } from "./searchHeader.js";
import { marginalAt, moveBudget, shownAt, type Shown } from "./selection.js";
import { Sources } from "./sources.js";
import { Infeasible } from "./states.js";
import type { CountedTies, FromPanel, SearchRunView, SearchResult } from "./types.js";
import { useWidth } from "./useWidth.js";
import { Why } from "./why.js";

interface SearchPanelProps {
  run: SearchRunView;
  nearTies: CountedTies;
  /** Slider position, ms; null follows the run. */
  budget: number | null;
  onBudget: (budget: number | null) => void;
  send: (message: FromPanel) => void;
}

/** How long the slider must rest before its near-ties are asked for, ms: counting them takes the worker some time. */
const REST = 250;

/** A search, read from top to bottom. */
export function SearchPanel({ run, nearTies, budget, onBudget, send }: SearchPanelProps) {
  const search = () => send({ type: "search" });
  const log = () => send({ type: "showLog" });
  const { result } = run;
  const shown = useMemo(() => (result === null ? null : shownAt(result, budget, nearTies)), [result, budget, nearTies]);
  const asked = shown?.kind === "certified" && shown.nearTies === undefined ? shown.index : null;
  useEffect(() => {
    if (asked === null) return;
    const timer = setTimeout(() => send({ type: "nearTies", runId: run.id, point: asked }), REST);
    return () => clearTimeout(timer);
  }, [run.id, asked]);
  return (
    <main>
      <SearchHeader run={run} onResume={() => send({ type: "resume", runId: run.id })} onLog={log} />
      {result === null && run.progress !== null && <LiveHero run={run} progress={run.progress} />}
      {result === null && run.progress === null && run.state === "running" && <p class="dim">Starting the worker…</p>}
      {result?.status === "infeasible" && (
        <Infeasible result={result} onSearch={search} onLook={onBudget} />
      )}
      {result !== null ? (
        <Explored run={run} result={result} shown={shown} budget={budget} onBudget={onBudget} />
      ) : (
        <Annealing key={run.id} run={run} />
      )}
      <Actions
        run={run}
        shown={shown}
        onFound={(type, point) => send({ type, runId: run.id, point })}
        onSearch={search}
        onCancel={() => send({ type: "cancel", runId: run.id })}
        onLog={log}
      />
      {result !== null && <Sources result={result} />}
    </main>
  );
}

/** What a result holds: figures, slider, search, front, drawing and reasons. */
function Explored(props: {
  run: SearchRunView;
  result: SearchResult;
  shown: Shown | null;
  budget: number | null;
  onBudget: (budget: number | null) => void;
}) {
  const { run, result, shown, budget, onBudget } = props;
  const at = budget ?? result.budget;
  const move = (wish: number) => onBudget(moveBudget(result, wish));
  const control = shown !== null || budget !== null;
  return (
    <>
      {shown !== null && <Hero result={result} shown={shown} measured={run.measured} marginal={marginalAt(result.front, at)} />}
      {control && (
        <BudgetControl result={result} shown={shown} budget={at} atRun={budget === null} onMove={move} onOptimum={() => onBudget(result.budget)} onReset={() => onBudget(null)} />
      )}
      <div class="two">
        <Annealing key={run.id} run={run} />
        {result.front.length > 1 && <Front result={result} shown={shown} budget={at} onMove={move} />}
      </div>
      {shown !== null && (
        <div class="two late">
          <Drawn shown={shown} result={result} />
          <Why point={shown.point} />
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
