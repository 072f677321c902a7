import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import { latencyExtremes, type Extremes } from "../../src/engine/feasible.js";
import { paretoFront, type Front } from "../../src/engine/front.js";
import { tabulate, type Landscape } from "../../src/engine/landscape.js";
import { Predictor } from "../../src/engine/predictor.js";
import type { Source } from "../../src/shared/messages.js";
import { PredictorSchema } from "../../src/shared/predictor.js";
import { SpaceSchema, type Space } from "../../src/shared/space.js";
import { CUSTOM_SPACE, customPredictors } from "./customSpace.js";
import { root } from "./root.js";
import { repeat, summarize } from "./statistics.js";

export interface Sources {
  readonly space: Source;
  readonly accuracy: Source;
  readonly latency: Source;
}

/** A space under two predictors, with its certified front and the budgets (ms) to search at. */
export interface Problem {
  readonly id: string;
  readonly title: string;
  readonly sources: Sources;
  readonly space: Space;
  readonly accuracy: Predictor;
  readonly latency: Predictor;
  readonly landscape: Landscape;
  readonly extremes: Extremes;
  readonly front: Front;
  /** Median time of what a search does before it anneals: tabulate, and find the fastest architecture. */
  readonly setUpMs: number;
  readonly budgets: readonly number[];
  /** Where the peers run too: some of `budgets`. */
  readonly peerBudgets: readonly number[];
}

const PUBLISHED_BUDGETS = [30, 45, 55, 60, 75, 90, 105, 120];
const ALL_PUBLISHED_BUDGETS = Array.from({ length: 91 }, (_, i) => 30 + i);
/** Elsewhere: shares of the way from the fastest architecture's latency to the slowest one's. */
const WAYS = [0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1];
const SET_UP_RUNS = 5;

/** The problem sets of the benchmark; the published one only where its files are, and says so. */
export function problemSets(all: boolean): Problem[] {
  const published = publishedSources();
  return [
    ...(published === null
      ? []
      : [prepare("published-192", "Published predictors, 192 px (space foxnas-cpu)", published, all ? ALL_PUBLISHED_BUDGETS : PUBLISHED_BUDGETS)]),
    prepare("built-in-256", "Built-in predictors, 256 px (space foxnas-cpu)", builtInSources(), null),
    prepare("own-space", "A person's own space: three stages of different choices, predictors fitted to synthetic samples", customSources(), null),
  ];
}

/** The files in media/ that the wizard and the command line offer. */
export function builtInSources(): Sources {
  return {
    space: fileSource("media/spaces/foxnas-cpu.json"),
    accuracy: fileSource("media/predictors/foxnas-cpu-256-accuracy.predictor.json"),
    latency: fileSource("media/predictors/foxnas-cpu-256-latency-pi4.predictor.json"),
  };
}

export const spaceOf = ({ space }: Sources): Space => v.parse(SpaceSchema, JSON.parse(space.text));
const predictorOf = (space: Space, { text }: Source) => new Predictor(space, v.parse(PredictorSchema, JSON.parse(text)));

function publishedSources(): Sources | null {
  const folder = path.resolve(root, process.env["FOXNAS_DATA"] ?? "../shared/data");
  const file = (target: string) => path.join(folder, `foxnas-cpu-192.${target}.json`);
  const missing = ["accuracy", "latency"].map(file).filter((name) => !existsSync(name));
  if (missing.length > 0) {
    console.log(`
!! The published 192-px predictors are NOT measured. Missing: ${missing.join(", ")}.
!! FOXNAS_DATA names the folder they are read from.`);
    return null;
  }
  const source = (target: string): Source => ({ name: `foxnas-cpu-192.${target}.json`, text: readFileSync(file(target), "utf8") });
  return { space: fileSource("media/spaces/foxnas-cpu.json"), accuracy: source("accuracy"), latency: source("latency") };
}

function customSources(): Sources {
  const { accuracy, latency } = customPredictors();
  const source = (name: string, content: unknown): Source => ({ name, text: JSON.stringify(content) });
  return {
    space: source("own.space.json", CUSTOM_SPACE),
    accuracy: source("own-accuracy.predictor.json", accuracy),
    latency: source("own-latency.predictor.json", latency),
  };
}

const fileSource = (name: string): Source => ({ name: path.basename(name), text: readFileSync(path.join(root, name), "utf8") });

function prepare(id: string, title: string, sources: Sources, budgets: readonly number[] | null): Problem {
  const space = spaceOf(sources);
  const accuracy = predictorOf(space, sources.accuracy);
  const latency = predictorOf(space, sources.latency);
  const setUps = repeat(SET_UP_RUNS, 1, () => {
    const started = performance.now();
    const landscape = tabulate(space, accuracy, latency);
    const extremes = latencyExtremes(landscape);
    return { landscape, extremes, ms: performance.now() - started };
  });
  const { landscape, extremes } = setUps[0]!;
  const searched = budgets ?? budgetsWithin(extremes.latency);
  return {
    id,
    title,
    sources,
    space,
    accuracy,
    latency,
    landscape,
    extremes,
    front: paretoFront(landscape),
    setUpMs: summarize(setUps.map(({ ms }) => ms))!.median,
    budgets: searched,
    peerBudgets: budgets === null ? searched : PUBLISHED_BUDGETS,
  };
}

/** Budgets over the feasible range, rounded up to 0.1 ms so that each is feasible. */
function budgetsWithin([least, most]: readonly [number, number]): number[] {
  return WAYS.map((way) => Math.ceil(10 * (least + way * (most - least))) / 10);
}
