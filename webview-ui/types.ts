import type { SearchRunView } from "../src/shared/panel.js";
import type { NearTies, SearchResult } from "../src/shared/results.js";

export type { BenchResult, BenchRow } from "../src/shared/bench.js";
export type { BenchRunView, EvaluateCard, EvaluateRunView, FinalistsCard, FinalistsRunView, FromPanel, PanelUi, ProfileCard, ProfileRunView, RunView, SearchRunView, ToPanel, TuneCard, TuneRunView } from "../src/shared/panel.js";
export type { Progress, Trace } from "../src/shared/messages.js";
export type { Contributions, Estimate, NearTies, Point, PredictorCard, SearchResult } from "../src/shared/results.js";
export type { Architecture } from "../src/shared/architecture.js";
export type { Evaluated, Finalist } from "../src/shared/supernet.js";
export type { Verified } from "../src/shared/verified.js";

export type Certificate = SearchResult["certificate"];

/** Near-ties by index into the front, as far as they were asked for; null where they are too many to count. */
export type CountedTies = ReadonlyMap<number, NearTies | null>;
export type SpaceCard = SearchResult["space"];
export type StageCard = SpaceCard["stages"][number];

/** A run whose result is there. */
export type DoneRun = SearchRunView & { result: SearchResult };
