import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stage } from "../../../src/engine/architecture.js";
import { type Form, formTerms, type Target } from "../../../src/engine/forms.js";
import { linkEta } from "../../../src/engine/link.js";
import type { PredictorData } from "../../../src/engine/predictor.js";
import { fitLinear, type LinearFit } from "../../../src/engine/regression.js";
import type { Space } from "../../../src/engine/space.js";
import { parseTerm, readTerm, variablesOf } from "../../../src/engine/variables.js";
import { readPredictor, readSpace } from "../../../src/shared/files/index.js";
import { readSamples } from "../../../src/shared/samples/index.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DATA = process.env.FOXNAS_DATA ?? join(ROOT, "..", "shared", "data");
export const hasData = existsSync(join(DATA, "foxnas-cpu-256.csv"));
if (!hasData) console.warn(`!! ${DATA} is not there: tests on the published data are NOT run. Set FOXNAS_DATA.`);

const media = (path: string): string => readFileSync(join(ROOT, "media", path), "utf8");
const source = (name: string) => ({ name, text: media(name) });

export const FOXNAS: Space & { readonly id: string } = readSpace(source("spaces/foxnas-cpu.json"));
export const BUILT_IN: Record<Target, PredictorData> = {
  accuracy: readPredictor(source("predictors/foxnas-cpu-256-accuracy.predictor.json")),
  latency: readPredictor(source("predictors/foxnas-cpu-256-latency-pi4.predictor.json")),
};

export const publishedText = (): string => readFileSync(join(DATA, "foxnas-cpu-256.csv"), "utf8");

/** Published search coefficients at 192 px. */
export function published192(target: Target): PredictorData {
  const name = `foxnas-cpu-192.${target}.json`;
  return readPredictor({ name, text: readFileSync(join(DATA, name), "utf8") });
}

export interface Sample {
  readonly stages: readonly Stage[];
  readonly value: number;
}
export function publishedSamples(target: Target): Sample[] {
  const space = readSpace(source("spaces/foxnas-cpu.json"));
  return readSamples({ name: "foxnas-cpu-256.csv", text: publishedText() }, space, target);
}

/** The published table, column by column. */
export function publishedColumns(): Map<string, number[]> {
  const [header, ...rows] = publishedText().trimEnd().split(/\r?\n/).map((line) => line.split(","));
  return new Map(header!.map((name, j) => [name, rows.map((row) => Number(row[j]))]));
}

/** A form's linear fit to samples, on the link's scale. */
export function fitForm(space: Space, form: Form, samples: readonly Sample[]): LinearFit {
  const variables = variablesOf(space);
  const names = formTerms(form, space);
  const columns = names.map((name) => {
    const term = parseTerm(variables, name);
    return Float64Array.from(samples, ({ stages }) => readTerm(term, stages));
  });
  return fitLinear(names, columns, Float64Array.from(samples, ({ value }) => linkEta(form.link, value)));
}

/** The predictor that a fit makes, as the worker writes it. */
export function predictorOf(space: Space, form: Form, fit: LinearFit): PredictorData {
  const [intercept, ...slopes] = fit.terms;
  return {
    target: form.target,
    unit: form.target === "accuracy" ? "%" : "ms",
    space: space.id,
    intercept: intercept!.estimate,
    coefficients: Object.fromEntries(slopes.map(({ name, estimate }) => [name, estimate])),
    link: form.link,
    fit: {
      dof: fit.dof,
      residualStdError: fit.residualStdError,
      terms: fit.terms.map(({ name }) => name),
      covariance: fit.covariance.flatMap((row, i) => [...row.slice(0, i + 1)]),
      maxLeverage: Math.max(...fit.leverage),
    },
  };
}
