import * as vscode from "vscode";
import { benchNames } from "../../shared/benchText.js";
import { countOf } from "../../shared/format.js";
import type { ResultOf } from "../../shared/messages.js";
import type { Estimate } from "../../shared/results.js";
import type { RunKind } from "../../shared/runs.js";
import type { Verified } from "../../shared/verified.js";
import { accuracyText, latencyText, processorText, roundUp, shareText } from "../format.js";

/** One figure of a finished run: a row below the run's. */
export interface Figure {
  label: string;
  /** Beside the label, and the first to be cut off. */
  description?: string;
  /** Of VS Code. */
  icon: string;
  /** The whole, where label and description leave something out. */
  tooltip?: string;
}

/** Rows that a side bar bears below one run. */
const MOST = 12;

type Results = { [K in RunKind]: ResultOf<K> } & { measured: readonly Verified[] };

const FIGURES: { readonly [K in keyof Results]: (result: Results[K]) => Figure[] } = {
  search: (result) => {
    const { predicted, certificate, front } = result;
    if (predicted === null) return infeasible(result);
    return [
      accuracyFigure(predicted.accuracy),
      latencyFigure(predicted.latency),
      certificateFigure(certificate),
      ...(front.length === 0 ? [] : [{ icon: "graph-line", label: vscode.l10n.t("Front of {0}", countOf(front.length)), description: vscode.l10n.t("best per budget") }]),
    ];
  },
  tune: (result) => {
    const { predicted, measured, rounds } = result;
    if (predicted === null || measured === null) return infeasible(result);
    const architectures = rounds.reduce((sum, { candidates }) => sum + candidates.length, 0);
    return [
      measuredFigure(measured.latencyMs, measured.standardError, measured.underBudget ? vscode.l10n.t("within the budget") : vscode.l10n.t("over the budget")),
      accuracyFigure(predicted.accuracy),
      latencyFigure(predicted.latency),
      { icon: "beaker", label: vscode.l10n.t("{0} architectures measured", architectures), description: vscode.l10n.t("in {0} rounds", rounds.length) },
    ];
  },
  profile: ({ heldOut, samples, device }) => [
    { icon: "target", label: vscode.l10n.t("Held-out error {0}", shareText(heldOut.mape)), description: vscode.l10n.t("tau {0}", heldOut.kendallTau.toFixed(2)) },
    { icon: "watch", label: vscode.l10n.t("{0} architectures timed", samples.length) },
    { icon: "chip", label: processorText(device.cpu), tooltip: device.cpu },
  ],
  bench: ({ rows }) => {
    const names = benchNames(rows);
    return [...rows]
      .sort((a, b) => a.latencyMs - b.latencyMs)
      .slice(0, MOST)
      .map(({ key, kind, latencyMs, resolution }) => ({
        icon: kind === "config" ? "symbol-structure" : "circle-outline",
        label: vscode.l10n.t("{0} ms", latencyText(latencyMs)),
        description: names.get(key)!,
        tooltip: vscode.l10n.t("{0}, {1} px: {2} ms measured", names.get(key)!, resolution, latencyText(latencyMs)),
      }));
  },
  evaluate: ({ subnets, precisions, fit, data }) => {
    const quality = fit?.heldOut ?? fit?.leaveOneOut;
    const best = Math.max(...subnets.map((one) => one[precisions[0]!]?.top1.value ?? -Infinity));
    return [
      ...(best > -Infinity ? [{ icon: "star", label: vscode.l10n.t("Best {0} %", accuracyText(best)), description: vscode.l10n.t("of {0} subnets, measured", subnets.length) }] : []),
      ...(quality === undefined ? [] : [{ icon: "target", label: vscode.l10n.t("Predictor error {0} pp", quality.rmse.toFixed(2)), description: vscode.l10n.t("tau {0}", quality.kendallTau.toFixed(2)) }]),
      { icon: "file-media", label: vscode.l10n.t("{0} images", countOf(data.validation)), description: data.name },
    ];
  },
  finalists: (result) =>
    result.finalists.length === 0
      ? infeasible(result)
      : result.finalists.slice(0, MOST).map(({ measured, predicted }, i) => ({
          icon: i === 0 ? "star-full" : "star-empty",
          label: vscode.l10n.t("{0} % at {1} ms", accuracyText(measured.top1.value), latencyText(predicted.latency.value)),
          description: i === 0 ? vscode.l10n.t("winner, measured") : vscode.l10n.t("measured"),
          tooltip: vscode.l10n.t("measured {0} %, predicted {1} % at {2} ms", accuracyText(measured.top1.value), accuracyText(predicted.accuracy.value), latencyText(predicted.latency.value)),
        })),
  measured: (all) =>
    all.slice(-MOST).map(({ latencyMs, standardError, machine, protocol, suspect }) => ({
      ...measuredFigure(latencyMs, standardError, protocol.precision),
      ...(suspect === null ? {} : { icon: "warning" }),
      tooltip: [vscode.l10n.t("Measured {0} ms: {1}", latencyText(latencyMs), machine), ...(suspect === null ? [] : [suspect])].join("\n"),
    })),
};

/** The rows below a finished run of a kind, or of what was measured of its architectures since. */
export function figuresOf<K extends keyof Results>(kind: K, result: Results[K]): Figure[] {
  return FIGURES[kind](result);
}

function accuracyFigure({ value, unit, interval }: Estimate): Figure {
  const range = rangeText(interval, accuracyText);
  const label = vscode.l10n.t("Accuracy {0} {1}", accuracyText(value), unit);
  return { icon: "target", label, description: range, tooltip: vscode.l10n.t("{0}, predicted. 95 % prediction interval: {1}", label, range) };
}

function latencyFigure({ value, unit, interval }: Estimate): Figure {
  const range = rangeText(interval, latencyText);
  const label = vscode.l10n.t("Latency {0} {1}", latencyText(value), unit);
  return { icon: "zap", label, description: range, tooltip: vscode.l10n.t("{0}, predicted. 95 % prediction interval: {1}", label, range) };
}

/** Without its unit, which the label says already: the side bar would cut it off. */
function rangeText(interval: Estimate["interval"], text: (value: number) => string): string {
  return interval === null ? vscode.l10n.t("no interval") : vscode.l10n.t("{0} to {1}", text(interval[0]), text(interval[1]));
}

function certificateFigure({ proved, gap, reason }: ResultOf<"search">["certificate"]): Figure {
  if (!proved || gap === null) return { icon: "question", label: vscode.l10n.t("No certificate"), ...(reason === null ? {} : { description: reason, tooltip: reason }) };
  const tooltip = vscode.l10n.t("Optimal for these predictors: proved.");
  if (gap < 0.005) return { icon: "verified", label: vscode.l10n.t("Proven optimum"), description: vscode.l10n.t("as predicted"), tooltip };
  return { icon: "verified", label: vscode.l10n.t("{0} pp below the optimum", gap.toFixed(2)), description: vscode.l10n.t("proven"), tooltip: vscode.l10n.t("The optimum for these predictors is proved; the search came so near.") };
}

function measuredFigure(latencyMs: number, standardError: number, description: string): Figure {
  return { icon: "watch", label: vscode.l10n.t("Measured {0} ms ± {1}", latencyText(latencyMs), shareText(standardError)), description };
}

function infeasible({ feasible, nearestBudget }: Pick<ResultOf<"search">, "feasible" | "nearestBudget">): Figure[] {
  const [least, most] = feasible.latency;
  return [
    ...(nearestBudget === null ? [] : [{ icon: "lightbulb", label: vscode.l10n.t("Nearest budget {0} {1}", String(roundUp(nearestBudget)), feasible.unit) }]),
    { icon: "arrow-both", label: vscode.l10n.t("Feasible {0} to {1} {2}", latencyText(least), latencyText(most), feasible.unit) },
  ];
}
