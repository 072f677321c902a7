import type { Explanation } from "../../shared/explanation.js";
import { EXIT, type Command } from "../command.js";
import { doJob } from "../job.js";
import { explainText } from "../text/explain.js";
import { writeReport } from "./report.js";
import { CONFIG, PREDICTORS, readConfigAndSpace, readPredictors } from "./shared.js";

/** Why an architecture is predicted as it is, and what else there is. */
export const explain: Command = {
  name: "explain",
  summary: "takes the predictions of an architecture config apart, and says what else there is under the budget",
  options: {
    ...CONFIG,
    ...PREDICTORS,
    budget: { value: "MS", help: "latency limit in ms; default: none, and the front is read at the architecture's own latency" },
    report: { value: "FILE.html", help: "writes a report with all pictures there, one file that loads nothing" },
  },
  async run(options, context) {
    const { config, space } = await readConfigAndSpace(options);
    const budget = options.get("budget") === undefined ? null : options.number("budget");
    const explanation = await doJob<"explain">({ kind: "explain", config, space, budget, ...(await readPredictors(options)) }, context);
    const out = options.get("report");
    const written = out === undefined ? undefined : await writeReport(out, explanation, config.name);
    const text = explainText(explanation, config.name);
    return { exitCode: EXIT.done, json: jsonOf(explanation), text: written === undefined ? text : `${text}\n  Report written to ${out} (${written.bytes} bytes)\n` };
  },
};

/** What the contract promises, where a move's accuracy and latency are the bare differences; and all the rest. */
function jsonOf({ moves, ...rest }: Explanation): unknown {
  return {
    ...rest,
    moves: moves.map(({ accuracy, latency, ...move }) => ({
      ...move,
      accuracy: accuracy.value,
      latency: latency.value,
      intervals: { accuracy: accuracy.interval, latency: latency.interval },
    })),
  };
}
