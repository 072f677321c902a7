import { Document, isCollection, visit } from "yaml";
import { ArchitectureConfigSchema, type Architecture, type ArchitectureConfig } from "../architecture.js";
import type { Source } from "../messages.js";
import type { Estimate, PredictorCard } from "../results.js";
import type { Finalist, FinalistsResult } from "../supernet.js";
import { parseSource } from "./locate.js";
import { validate } from "./validate.js";

/** Formats a config is written in. */
export const CONFIG_FORMATS = ["json", "yaml"] as const;
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/**
 * Reads an architecture config: YAML where the name ends in .yaml or .yml, strict JSON otherwise.
 * Whether the architecture lies in its space is the engine's to say.
 * @throws InputError naming file, line, column and field
 */
export function readConfig(source: Source): ArchitectureConfig {
  return validate(ArchitectureConfigSchema, parseSource(source), source);
}

/** The config of an architecture of the space `space`, with what is known about it. */
export function configOf(
  architecture: Architecture,
  space: string,
  predicted?: ArchitectureConfig["predicted"],
  provenance?: ArchitectureConfig["provenance"],
  measured?: ArchitectureConfig["measured"],
): ArchitectureConfig {
  const { resolution, stages } = architecture;
  return {
    version: 1,
    space,
    resolution,
    stages,
    ...(predicted === undefined ? {} : { predicted }),
    ...(measured === undefined ? {} : { measured }),
    ...(provenance === undefined ? {} : { provenance }),
  };
}

type Both<T> = { accuracy: T; latency: T };

/** Predicted values as a config carries them: each with its unit, device, resolution and source. */
export function predictedOf(estimates: Both<Estimate>, cards: Both<PredictorCard>): NonNullable<ArchitectureConfig["predicted"]> {
  const one = ({ value, unit, interval }: Estimate, { device, resolution, source }: PredictorCard) => ({
    value,
    unit,
    interval,
    device,
    resolution,
    source,
  });
  return { accuracy: one(estimates.accuracy, cards.accuracy), latency: one(estimates.latency, cards.latency) };
}

/** A name alone may mean another file tomorrow; the digest says which it was. */
export function nameOf({ name, digest }: { name: string; digest: string }): string {
  return `${name} (sha256 ${digest.slice(0, 16)})`;
}

/** Who predicted a finalist: from the second round on the accuracy predictor as those before had corrected it. */
export function cardsOfFinalist({ round }: Finalist, { finalists, predictors }: Pick<FinalistsResult, "finalists" | "predictors">): Both<PredictorCard> {
  const before = finalists.filter((one) => one.round < round).length;
  if (before === 0) return predictors;
  const { accuracy } = predictors;
  return { ...predictors, accuracy: { ...accuracy, source: `${accuracy.source}; corrected by ${before} finalists measured before` } };
}

/** The measured accuracy of a finalist as a config carries it. */
export function measuredOfFinalist({ architecture, measured: { n, top1 } }: Finalist, { precision, supernet, data }: FinalistsResult): NonNullable<ArchitectureConfig["measured"]> {
  const { value, interval } = top1;
  return { accuracy: { value, unit: "%", interval, images: n, resolution: architecture.resolution, precision, supernet: nameOf(supernet), data: nameOf(data) } };
}

/** A config as a person would write it: one block a line, keys in the order of the schema, a newline at the end. */
export function configText(config: ArchitectureConfig, format: ConfigFormat): string {
  // Parsing puts the keys into the schema's order.
  const ordered = JSON.parse(JSON.stringify(validateOrder(config))) as unknown;
  return format === "json" ? `${jsonText(ordered, "")}\n` : yamlText(ordered);
}

function validateOrder(config: ArchitectureConfig): ArchitectureConfig {
  const document = { value: config, locate: () => undefined };
  return validate(ArchitectureConfigSchema, document, { name: "config", text: "" });
}

/** Blocks and intervals, the leaves that hold numbers only, stand on one line. */
function isLeaf(value: object): boolean {
  const members: unknown[] = Object.values(value);
  return members.length > 0 && members.every((member) => typeof member === "number");
}

function jsonText(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const members = Object.entries(value).map(([key, member]) => {
    const text = jsonText(member, inner);
    return list ? text : `${JSON.stringify(key)}: ${text}`;
  });
  if (isLeaf(value)) return list ? `[${members.join(", ")}]` : `{ ${members.join(", ")} }`;
  if (members.length === 0) return list ? "[]" : "{}";
  return `${list ? "[" : "{"}\n${members.map((m) => inner + m).join(",\n")}\n${indent}${list ? "]" : "}"}`;
}

function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(_, node) {
      if (isCollection(node) && isLeaf(node.toJSON() as object)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
