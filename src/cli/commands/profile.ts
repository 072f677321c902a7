import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { readSpace } from "../../shared/files/index.js";
import { profileFiles } from "../../shared/profileFiles.js";
import { EXIT, type Command } from "../command.js";
import { readFromLibrary, writeOutput } from "../files.js";
import { doJob } from "../job.js";
import { profileText } from "../text/profile.js";
import { MEASURING, readMeasuring, SPACE } from "./shared.js";

/** A latency predictor for this machine. */
export const profile: Command = {
  name: "profile",
  summary: "measures this machine and fits a latency predictor to it",
  options: {
    space: SPACE,
    resolution: { value: "N", help: "input resolution, px", required: true },
    ...MEASURING,
    out: { value: "DIR", help: "writes predictor, samples and profile there", required: true },
    samples: { value: "N", help: "most architectures to time; default 40" },
    target: { value: "PERCENT", help: "held-out error to stop at; default 2" },
    time: { value: "SECONDS", help: "begins no further batch after it; default 60" },
    journal: { value: "FILE", help: "journal to write, and to resume from where it exists" },
  },
  async run(options, context) {
    const space = await readFromLibrary("space", options.need("space"));
    const out = options.need("out");
    const request = {
      kind: "profile" as const,
      space,
      resolution: options.number("resolution", { min: 8, max: 4096, integer: true }),
      ...readMeasuring(options),
      samples: options.numberOr("samples", 40, { min: 8, max: 1000, integer: true }),
      target: options.numberOr("target", 2, { min: 0, max: 100 }) / 100,
      timeLimitMs: options.numberOr("time", 60, { min: 0, max: 86_400 }) * 1000,
    };
    const result = await doJob<"profile">(request, context, options.get("journal") ?? null);
    await mkdir(out, { recursive: true });
    const written: Record<string, string> = {};
    for (const [kind, { name, text }] of Object.entries(profileFiles(result, readSpace(space)))) {
      written[kind] = (await writeOutput(join(out, name), text)).path;
    }
    const { predictor: _, ...facts } = result;
    return { exitCode: EXIT.done, json: { ...facts, written }, text: `${profileText(result)}\n  Written to ${out}: ${Object.values(written).map((path) => path.split("/").at(-1)).join(", ")}\n` };
  },
};
