import * as v from "valibot";
import * as vscode from "vscode";
import { benchNames } from "../../shared/benchText.js";
import { details, latencyText } from "../format.js";
import type { Kind } from "./kind.js";

const FoundSchema = v.object({
  kind: v.literal("bench"),
  networks: v.number(),
  /** Of the found architectures. */
  fastest: v.string(),
  latencyMs: v.number(),
});
export type BenchFound = v.InferOutput<typeof FoundSchema>;

/** Found architectures beside published networks, timed on this machine. */
export const bench: Kind<"bench", BenchFound> = {
  measures: true,
  foundSchema: FoundSchema,
  foundOf: ({ rows }) => {
    const [fastest] = rows.filter(({ kind }) => kind === "config").sort((a, b) => a.latencyMs - b.latencyMs);
    if (fastest === undefined) return null;
    return { kind: "bench", networks: rows.length, fastest: benchNames(rows).get(fastest.key)!, latencyMs: fastest.latencyMs };
  },
  stateOf: () => "done",
  view: ({ request, ...record }, progress, result) => {
    const { id, title, state, startedAt, restarts, error } = record;
    const { precision, threads, executionProvider, rounds, batches, configs, baselines, seed } = request;
    return {
      kind: "bench",
      ...{ id, title, state, startedAt, restarts, error, seed, progress, result },
      asked: { precision, threads, executionProvider, rounds, batches, configs: configs.length, baselines: baselines.length },
    };
  },
  label: ({ title, request: { configs, baselines, executionProvider, threads } }, found) => ({
    label: title,
    description: found === null ? "" : vscode.l10n.t("{0} {1} ms", found.fastest, latencyText(found.latencyMs)),
    facts: [
      ...configs.map(({ key, resolution }) => `${key}, ${resolution} px`),
      ...(baselines.length === 0 ? [] : [vscode.l10n.t("against {0}", baselines.map(({ name }) => name).join(", "))]),
      details([executionProvider, threads === 1 ? vscode.l10n.t("1 thread") : vscode.l10n.t("{0} threads", threads)]),
    ],
  }),
  tabTitle: ({ title }) => `FOX-NAS: ${title}`,
  status: (progress) => {
    const tooltip = vscode.l10n.t("FOX-NAS is measuring this device; other work disturbs it. Click to open the panel.");
    if (progress === null) return { text: vscode.l10n.t("FOX-NAS: benchmark"), tooltip };
    const done = Math.floor((100 * progress.done) / Math.max(1e-9, progress.total));
    const text =
      progress.remainingMs === null
        ? vscode.l10n.t("FOX-NAS: benchmark, {0} % done", done)
        : vscode.l10n.t("FOX-NAS: benchmark, {0} % done, {1} s left", done, Math.ceil(progress.remainingMs / 1000));
    return { text, tooltip };
  },
  startLine: ({ title, request: { configs, baselines, executionProvider, threads, batches, rounds, seed } }) =>
    `${title}: ${[...configs.map(({ key }) => key), ...baselines.map(({ name }) => name)].join(", ")}; ${executionProvider}, ${threads} threads, ${batches} batches of ${rounds} readings, seed ${seed}`,
  endLine: ({ rows, noise, elapsedMs }) => `${rows.length} networks in ${noise.batches} batches, ${noise.suspect} of them suspect, in ${(elapsedMs / 1000).toFixed(0)} s`,
};
