import type * as v from "valibot";
import type { RunRecord } from "../../runs/runStore.js";
import type { ProgressOf, ResultOf } from "../../shared/messages.js";
import type { RunView } from "../../shared/panel.js";
import type { RunKind, RunState } from "../../shared/runs.js";

/** How a run looks in the Runs view. The side bar is narrow: what tells runs apart comes first. */
export interface RunLabel {
  label: string;
  /** Beside the label, without the state. */
  description: string;
  /** Lines of the tooltip, after title and state. */
  facts: string[];
}

/**
 * What the host must know of one kind of run. `F` is what a list shows of a finished one: it must not read a whole
 * journal for every row.
 */
export interface Kind<K extends RunKind = RunKind, F = unknown> {
  /** It measures, so the device must do nothing else of this sort meanwhile. */
  measures: boolean;
  foundSchema: v.GenericSchema<unknown, F>;
  /** Null where the result holds nothing for a list. */
  foundOf(result: ResultOf<K>): F | null;
  /** State that a result leaves the run in. */
  stateOf(result: ResultOf<K>): RunState;
  /** Throws InputError when the run's own request cannot be read. */
  view(record: RunRecord<K>, progress: ProgressOf<K> | null, result: ResultOf<K> | null): RunView;
  label(record: RunRecord<K>, found: F | null): RunLabel;
  /** Of the panel's tab. */
  tabTitle(record: RunRecord<K>): string;
  /** What the status bar says while the run goes. */
  status(progress: ProgressOf<K> | null): { text: string; tooltip: string };
  /** Lines of the log. */
  startLine(record: RunRecord<K>): string;
  endLine(result: ResultOf<K>): string;
}
