import * as vscode from "vscode";
import { readConfig } from "../../shared/files/index.js";
import type { Source } from "../../shared/source.js";
import type { Space } from "../../shared/space.js";
import { configFiles } from "../start/benchCandidates.js";
import { readSource } from "../library.js";
import { messageOf } from "../report.js";
import { BACK, input, pick, pickSeveral, type At, type Back } from "../ask/steps.js";
import { designText, proposedDesign, readDesign, type Design } from "./design.js";

/** Which subnets are measured. */
export type Subnets = { kind: "design"; design: Design } | { kind: "given"; configs: Source[] };

interface SubnetOptions {
  title: string;
  at: At;
  space: Space;
  /** Of the images, px. */
  resolution: number;
  /** What supernet and data are, for people. */
  card: string;
  /** Of the last time. */
  last: Design | undefined;
  log: vscode.LogOutputChannel;
}

/** A design sample of usual size or another, or configs of the workspace. */
export async function askSubnets(options: SubnetOptions): Promise<Subnets | Back | undefined> {
  const { title, at, space, resolution, card, last } = options;
  const configs = await configsOf(space, resolution, options.log);
  const usual = proposedDesign(space);
  const fits = last !== undefined && typeof readDesign(designText(last), space) !== "string";
  for (;;) {
    const answer = await pick<"usual" | "other" | "given">({
      title,
      at,
      placeholder: card,
      items: [
        designItem(usual),
        { label: `$(edit) ${vscode.l10n.t("Design sample of another size…")}`, detail: vscode.l10n.t("Fewer are faster; the predictor is then less certain."), value: "other" },
        ...(configs.length === 0 ? [] : [{ label: vscode.l10n.t("Configs of this workspace…"), description: vscode.l10n.t("{0} for {1} at {2} px", configs.length, space.id, resolution), detail: vscode.l10n.t("Measured only: no predictor is fitted."), value: "given" as const }]),
      ],
      active: (value) => value === (fits && designText(last) !== designText(usual) ? "other" : "usual"),
    });
    if (answer === undefined || answer === BACK) return answer;
    if (answer === "usual") return { kind: "design", design: usual };
    const more = answer === "other" ? await askDesign(title, at, space, fits ? last : usual) : await pickConfigs(title, at, configs);
    if (more !== BACK) return more;
  }
}

const designItem = ({ samples, heldOut }: Design) => ({
  label: vscode.l10n.t("Design sample to fit a predictor"),
  description: vscode.l10n.t("{0} to fit + {1} held out", samples, heldOut),
  detail: vscode.l10n.t("Every choice of every stage equally often, with the smallest and the largest subnet; random others tell how good the predictor is."),
  value: "usual" as const,
});

async function askDesign(title: string, at: At, space: Space, proposed: Design): Promise<Subnets | Back | undefined> {
  const answer = await input<Design>({
    title,
    at,
    value: designText(proposed),
    prompt: vscode.l10n.t("Subnets to fit the predictor to + subnets held out to judge it"),
    placeholder: designText(proposed),
    advise: (text) => {
      const design = readDesign(text, space);
      return typeof design === "string" ? { message: design } : { value: design };
    },
  });
  return answer === undefined || answer === BACK ? answer : { kind: "design", design: answer };
}

/** The configs of the workspace that name the space and the resolution. */
async function configsOf(space: Space, resolution: number, log: vscode.LogOutputChannel): Promise<Source[]> {
  const found: Source[] = [];
  for (const uri of await configFiles()) {
    try {
      const source = await readSource(uri, "json");
      const config = readConfig(source);
      if (config.space === space.id && config.resolution === resolution) found.push(source);
    } catch (error) {
      log.warn(messageOf(error));
    }
  }
  return found;
}

async function pickConfigs(title: string, at: At, configs: readonly Source[]): Promise<Subnets | Back | undefined> {
  const answer = await pickSeveral<Source>({
    title,
    at,
    placeholder: vscode.l10n.t("Configs to measure"),
    items: configs.map((value) => ({ label: value.name, value })),
    picked: () => true,
    refuse: ({ length }) => (length === 0 ? vscode.l10n.t("Pick at least one config") : length > 1000 ? vscode.l10n.t("Pick at most 1000 configs") : undefined),
  });
  return answer === undefined || answer === BACK ? answer : { kind: "given", configs: answer };
}
