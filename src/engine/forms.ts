import { ModelError, oneOf } from "./errors.js";
import type { Link } from "./link.js";
import { inputWidth, stageName, type Space } from "./space.js";

export type Target = "accuracy" | "latency";

/** A named set of terms, the same for every stage: S stands for the stage, P for the width that enters it, D for each depth but the smallest. */
export interface Form {
  readonly name: string;
  readonly target: Target;
  readonly link: Link;
  readonly perStage: readonly string[];
}

const FORMS: readonly Form[] = [
  {
    // FOX-NAS, published R formula: 8 terms a stage.
    name: "published",
    target: "accuracy",
    link: null,
    perStage: ["tot_S", "avg_e_S", "avg_k_S", "tot_e_P_S", "tot_k_P_S", "tot_e_S", "tot_S:tot_e_S", "tot_S:avg_k_S"],
  },
  {
    name: "log-saturating",
    target: "accuracy",
    link: { kind: "saturating", ceiling: 79 },
    perStage: ["log_tot_S", "avg_log_e_S", "avg_log_k_S", "log_e_P_S", "log_k_P_S"],
  },
  {
    name: "depth-log-saturating",
    target: "accuracy",
    link: { kind: "saturating", ceiling: 78 },
    perStage: ["depthD_S", "avg_log_e_S", "tot_S:avg_log_e_S", "tot_k_S", "log_e_P_S", "log_k_P_S"],
  },
  {
    // FOX-NAS, published R formula: 7 terms a stage.
    name: "published",
    target: "latency",
    link: null,
    perStage: ["tot_S", "avg_e_S", "avg_k_S", "tot_e_P_S", "tot_k_P_S", "tot_S:avg_e_S", "tot_S:avg_k_S"],
  },
  {
    // An inverted bottleneck's multiply-adds: e for the 1x1 convolutions, e k^2 for the depthwise one.
    name: "sums",
    target: "latency",
    link: null,
    perStage: ["tot_S", "tot_e_S", "tot_ekk_S", "tot_e_P_S", "tot_ekk_P_S"],
  },
  {
    // The same of expanded widths padded to multiples of 16, as int8 models have them on x86.
    name: "sums-padded",
    target: "latency",
    link: null,
    perStage: ["tot_S", "tot_e16_S", "tot_ekk16_S", "tot_e16_P_S", "tot_ekk16_P_S"],
  },
];

export const formNames = (target: Target): string[] => FORMS.filter((f) => f.target === target).map((f) => f.name);

/** @throws ModelError for an unknown name */
export function formOf(target: Target, name: string): Form {
  const form = FORMS.find((f) => f.target === target && f.name === name);
  if (form === undefined) {
    throw new ModelError(`no ${target} form of this name`, ["form"], JSON.stringify(name), oneOf(formNames(target)));
  }
  return form;
}

/** Names of a form's terms in a space: main effects before interactions, stage by stage within a pattern. */
export function formTerms(form: Form, space: Space): string[] {
  const order = (pattern: string) => pattern.split(":").length;
  const patterns = [...form.perStage].sort((a, b) => order(a) - order(b));
  return patterns.flatMap((pattern) =>
    space.stages.flatMap((stage, index) => {
      const name = pattern.replaceAll("_P_", `_${inputWidth(space, index)}_`).replaceAll("_S", `_${stageName(stage)}`);
      return name.includes("depthD") ? stage.depth.slice(1).map((d) => name.replace("depthD", `depth${d}`)) : [name];
    }),
  );
}
