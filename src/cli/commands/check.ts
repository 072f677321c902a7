import { locate, readPredictorOf } from "../../shared/files/index.js";
import type { Source } from "../../shared/messages.js";
import type { Estimate } from "../../shared/results.js";
import { EXIT, type Command } from "../command.js";
import { doJob } from "../job.js";
import { originLines, originOf, type Origin } from "../text/cards.js";
import { estimateLine, fixed } from "../text/numbers.js";
import { CONFIG, PREDICTORS, readConfigAndSpace, readPredictors } from "./shared.js";

/** Whether a config is predicted within a budget: for builds that fail when it is not. */
export const check: Command = {
  name: "check",
  summary: "tells whether an architecture config is predicted within a latency budget; exit code 3 where it is not",
  options: { ...CONFIG, ...PREDICTORS, budget: { value: "MS", help: "latency limit in ms", required: true } },
  async run(options, context) {
    const budget = options.number("budget", { min: 0 });
    const { config, parsed, space } = await readConfigAndSpace(options);
    const { accuracy, latency } = await readPredictors(options);
    const origins = {
      accuracy: originOf(accuracy, readPredictorOf(accuracy, "accuracy")),
      latency: originOf(latency, readPredictorOf(latency, "latency")),
    };
    const predicted = await doJob<"predict">({ kind: "predict", config, space, accuracy, latency }, context);
    const within = predicted.latency.value <= budget;
    const text = [
      `FOX-NAS · ${config.name} · ${parsed.space} at ${parsed.resolution} px · budget ${budget} ms · ${origins.latency.device ?? "device unknown"}`,
      "",
      estimateLine("accuracy", predicted.accuracy),
      estimateLine("latency", predicted.latency),
      "",
      verdict(predicted.latency, budget),
      "",
      ...originLines(origins),
      "",
    ].join("\n");
    const message = within ? undefined : overLine(config, predicted.latency, budget, { ...origins.latency, name: latency.name });
    return { exitCode: within ? EXIT.done : EXIT.infeasible, json: { within, budget, predicted }, text, ...(message === undefined ? {} : { message }) };
  },
};

/** `FILE:LINE:COLUMN: error: …` on stderr, as compilers print it: VS Code's problem matcher `$foxnas` and others read that. */
function overLine(config: Source, { value, unit }: Estimate, budget: number, { device, resolution, name }: Origin): string {
  const { line = 1, column = 1 } = locate(config, ["stages"]) ?? {};
  const where = `${device ?? "device unknown"}, ${resolution} px, ${name}`;
  return `${config.name}:${line}:${column}: error: predicted latency ${fixed(value, 2)} ${unit} is over the budget of ${budget} ${unit} by ${fixed(value - budget, 2)} ${unit} (${where})\n`;
}

/** Over or under, by how much, and whether the interval says the same. */
function verdict({ value, unit, interval }: Estimate, budget: number): string {
  const within = value <= budget;
  const difference = fixed(Math.abs(budget - value), 2);
  const head = within ? `  ✓ Within the budget, ${difference} ${unit} to spare` : `  ✗ Over the budget by ${difference} ${unit}`;
  const unsure = interval !== null && (within ? interval[1] > budget : interval[0] <= budget);
  return `${head}${unsure ? ", but the interval of the prediction reaches across it" : ""}.`;
}
