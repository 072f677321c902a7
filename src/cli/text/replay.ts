import type { RunInput, Versions } from "../../shared/runFile.js";
import type { RunKind } from "../../shared/runs.js";
import type { Difference } from "../../shared/sameResult.js";

/** What came of repeating a run: the document of `replay --json`. */
export interface Replayed {
  /** `measured`: the run times something, so its numbers are new and were not compared. */
  status: "same" | "different" | "measured";
  /** The first one, with the values in the file (`was`) and here (`is`). */
  difference: Difference | null;
  kind: RunKind;
  title: string;
  startedAt: string;
  seed: number;
  versions: { file: Versions; here: Versions };
  inputs: RunInput[];
}

/** The same for people. */
export function replayText(path: string, { status, difference, kind, title, startedAt, seed, versions, inputs }: Replayed): string {
  const included = inputs.filter((input) => input.included).length;
  const named = inputs.length - included;
  return [
    `FOX-NAS · replay of ${path} · ${kind}, ${title}, seed ${seed}, of ${startedAt}`,
    "",
    verdictLine(status, difference),
    "",
    `  inputs     ${included} in the file${named === 0 ? "" : `, ${named} by digest`}, all digests right`,
    `  file       ${versionsText(versions.file)}`,
    `  here       ${versionsText(versions.here)}`,
    "",
  ].join("\n");
}

function verdictLine(status: Replayed["status"], difference: Difference | null): string {
  if (status === "measured") return "  Measured anew. Times are never quite the same, so the results were not compared.";
  if (difference === null) return "  ✓ The same result, to the last digit but for elapsed times.";
  const { field, was, is } = difference;
  return `  ✗ Another result. The first difference is at ${field}: ${was} in the file, ${is} here.`;
}

function versionsText({ foxnas, node, onnxruntime, platform }: Versions): string {
  return `FOX-NAS ${foxnas ?? "unknown"} · Node.js ${node ?? "unknown"} · onnxruntime ${onnxruntime ?? "unknown"} · ${platform ?? "platform unknown"}`;
}
