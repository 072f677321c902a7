import { EXIT, type Command } from "../command.js";
import { doJob } from "../job.js";
import { frontText } from "../text/front.js";
import { PREDICTORS, readModel, SPACE } from "./shared.js";

/** The exact Pareto front of two predictors. */
export const front: Command = {
  name: "front",
  summary: "lists the whole exact Pareto front, by rising latency",
  options: { space: SPACE, ...PREDICTORS },
  async run(options, context) {
    const result = await doJob<"front">({ kind: "front", ...(await readModel(options)) }, context);
    return { exitCode: EXIT.done, json: result, text: frontText(result) };
  },
};
