import { readPredictorOf } from "../../shared/files/index.js";
import { EXIT, type Command } from "../command.js";
import { doJob } from "../job.js";
import { originLines, originOf } from "../text/cards.js";
import { estimateLine } from "../text/numbers.js";
import { CONFIG, PREDICTORS, readConfigAndSpace, readPredictors } from "./shared.js";

/** Both predicted values of one config. */
export const predict: Command = {
  name: "predict",
  summary: "predicts accuracy and latency of an architecture config",
  options: { ...CONFIG, ...PREDICTORS },
  async run(options, context) {
    const { config, parsed, space } = await readConfigAndSpace(options);
    const { accuracy, latency } = await readPredictors(options);
    const origins = {
      accuracy: originOf(accuracy, readPredictorOf(accuracy, "accuracy")),
      latency: originOf(latency, readPredictorOf(latency, "latency")),
    };
    const result = await doJob<"predict">({ kind: "predict", config, space, accuracy, latency }, context);
    const text = [
      `FOX-NAS · ${config.name} · ${parsed.space} at ${parsed.resolution} px · ${origins.latency.device ?? "device unknown"}`,
      "",
      estimateLine("accuracy", result.accuracy),
      estimateLine("latency", result.latency),
      "",
      ...originLines(origins),
      "",
    ].join("\n");
    return { exitCode: EXIT.done, json: result, text };
  },
};
