import { runJob } from "../runs/supervisor.js";
import type { RunRecord } from "../runs/runStore.js";
import type { Architecture } from "../shared/architecture.js";
import { configOf, configText } from "../shared/files/index.js";
import type { Point, SearchResult } from "../shared/results.js";
import type { App } from "./app.js";
import { pointOf } from "./config.js";
import type { AboutFound } from "./finishedSearch.js";

/** The architecture a person means. Throws InputError where the result has none; one of their own is not yet checked. */
export function meantArchitecture(result: SearchResult, { point, architecture }: AboutFound): Architecture {
  return architecture ?? pointOf(result, point).architecture;
}

/** The same with its predicted values; the worker checks that one of the person's own lies in the space. Throws InputError, RunFailure. */
export async function meantPoint({ workerPath, log }: App, { request }: RunRecord<"search">, result: SearchResult, about: AboutFound): Promise<Point> {
  if (about.architecture === undefined) return pointOf(result, about.point);
  const { space, accuracy, latency } = request;
  const config = { name: "design.foxnas.json", text: configText(configOf(about.architecture, result.space.id), "json") };
  const outcome = await runJob<"predict">({ kind: "predict", config, space, accuracy, latency }, { workerPath, journal: null, onLog: (level, message) => log[level](`predict: ${message}`) });
  if (outcome.status !== "done") throw new Error("nothing was predicted");
  return { architecture: about.architecture, ...outcome.result, why: null };
}
