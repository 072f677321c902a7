import type { Jobs } from "../job.js";
import { bench } from "./bench.js";
import { device } from "./device.js";
import { evaluate } from "./evaluate.js";
import { explain } from "./explain.js";
import { finalists } from "./finalists.js";
import { fit } from "./fit.js";
import { front } from "./front.js";
import { inspect } from "./inspect.js";
import { measure } from "./measure.js";
import { nearTies } from "./nearTies.js";
import { onnx } from "./onnx.js";
import { overview } from "./overview.js";
import { predict, validate } from "./predict.js";
import { profile } from "./profile.js";
import { search } from "./search.js";
import { subnet } from "./subnet.js";
import { tune } from "./tune.js";

/** The jobs of this worker. A new kind of work is one file here, one line below, and its messages in shared. */
export const jobs: Jobs = {
  ...{ search, front, nearTies, fit, predict, explain, overview, validate, device, onnx },
  ...{ measure, profile, tune, bench },
  ...{ inspect, evaluate, finalists, subnet },
};
