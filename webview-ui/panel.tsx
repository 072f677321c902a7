import { BenchPanel } from "./bench/panel.js";
import { ProfilePanel } from "./profile/panel.js";
import { SearchPanel } from "./searchPanel.js";
import { Empty } from "./states.js";
import { TunePanel } from "./tune/panel.js";
import type { CountedTies, FromPanel, RunView } from "./types.js";

export interface PanelProps {
  run: RunView | null;
  nearTies: CountedTies;
  /** Slider position, ms; null follows the run. */
  budget: number | null;
  onBudget: (budget: number | null) => void;
  send: (message: FromPanel) => void;
}

/** The whole panel: one run of whichever kind. */
export function Panel(props: PanelProps) {
  const { run, send } = props;
  if (run === null) return <Empty onSearch={() => send({ type: "search" })} onProfile={() => send({ type: "profile" })} />;
  if (run.kind === "profile") return <ProfilePanel run={run} send={send} />;
  if (run.kind === "bench") return <BenchPanel run={run} send={send} />;
  if (run.kind === "tune") return <TunePanel run={run} send={send} />;
  return <SearchPanel {...props} run={run} />;
}
