import type { RunRecord } from "../../runs/runStore.js";
import { runJob } from "../../runs/supervisor.js";
import type { Architecture } from "../../shared/architecture.js";
import { configOf, configText } from "../../shared/files/index.js";
import type { App } from "../app.js";
import type { FoundResult } from "./config.js";

type Parts = Pick<App, "workerPath" | "log">;

/**
 * A run's result with a design of the person's own in the place of what was found; the worker checks that it lies in the
 * space, and predicts it. Without a design the result as it is. Throws InputError, RunFailure.
 */
export async function withDesign<R extends FoundResult>(
  { workerPath, log }: Parts,
  { request }: RunRecord<"search"> | RunRecord<"tune">,
  result: R,
  architecture: Architecture | undefined,
): Promise<R> {
  if (architecture === undefined) return result;
  const { space, accuracy, latency } = request;
  const config = { name: "design.foxnas.json", text: configText(configOf(architecture, result.space.id), "json") };
  const onLog = (level: "info" | "warn" | "error", message: string) => log[level](`predict: ${message}`);
  const outcome = await runJob<"predict">({ kind: "predict", config, space, accuracy, latency }, { workerPath, journal: null, onLog });
  if (outcome.status !== "done") throw new Error("the prediction was cancelled");
  return { ...result, found: { architecture, ...outcome.result, why: null }, own: true };
}
