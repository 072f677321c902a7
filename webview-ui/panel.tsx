import { BenchPanel } from "./bench/panel.js";
import { EvaluatePanel } from "./evaluate/panel.js";
import { FinalistsPanel } from "./finalists/panel.js";
import { ProfilePanel } from "./profile/panel.js";
import { SearchPanel } from "./searchPanel.js";
import { Empty } from "./states.js";
import { TunePanel } from "./tune/panel.js";
import type { Overview } from "../src/shared/explanation.js";
import type { CountedTies, FromPanel, PanelUi, RunView } from "./types.js";

export interface PanelProps {
  run: RunView | null;
  nearTies: CountedTies;
  /** Undefined before it came, null where it could not be computed. */
  overview: Overview | null | undefined;
  ui: PanelUi;
  onUi: (change: Partial<PanelUi>) => void;
  send: (message: FromPanel) => void;
}

/** The whole panel: one run of whichever kind. */
export function Panel(props: PanelProps) {
  const { run, send } = props;
  if (run === null) return <Empty onSearch={() => send({ type: "search" })} onProfile={() => send({ type: "profile" })} onEvaluate={() => send({ type: "evaluate" })} />;
  if (run.kind === "profile") return <ProfilePanel run={run} send={send} />;
  if (run.kind === "bench") return <BenchPanel run={run} send={send} />;
  if (run.kind === "evaluate") return <EvaluatePanel run={run} send={send} />;
  if (run.kind === "finalists") return <FinalistsPanel run={run} ui={props.ui} onUi={props.onUi} send={send} />;
  if (run.kind === "tune") return <TunePanel run={run} send={send} />;
  return <SearchPanel {...props} run={run} />;
}
