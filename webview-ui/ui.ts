import type { PanelUi } from "./types.js";

/** Navigation state of a run that is looked at for the first time. */
export const freshUi = (runId: string | null): PanelUi => ({ runId, budget: null, tab: "result", edited: null, pinned: null, picked: 0 });
