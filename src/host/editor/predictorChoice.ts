import type { ArchitectureConfig } from "../../shared/architecture.js";
import type { PredictorFile, Target } from "../../shared/predictor.js";
import type { Entry } from "../library.js";

type Predictor = Pick<Entry<PredictorFile>, "key" | "uri" | "content">;

/** Keys of the predictors that a person chose. */
export interface ChosenKeys {
  accuracy?: string;
  latency?: string;
}

/** The predictors a config is judged by; null where there is none for its space. */
export interface Pair<P extends Predictor = Entry<PredictorFile>> {
  accuracy: P | null;
  latency: P | null;
}

export interface ChoiceContext {
  /** Id of the config's space. */
  space: string;
  /** Of the config, px; undefined where it cannot be read. */
  resolution: number | undefined;
  /** What the config itself says of where its numbers come from. */
  predicted: ArchitectureConfig["predicted"];
  /** What the person chose for this space and resolution. */
  chosen: ChosenKeys;
  /** The machine that VS Code runs on. */
  machine: { cpu: string; platform: string };
}

/**
 * The pair of predictors for a config: for its space, both at one resolution. What the person chose goes first, then the
 * resolution nearest to the config's, the predictors that the config names as its sources, those measured on this
 * machine, and the order of the library.
 */
export function predictorsFor<P extends Predictor>(predictors: readonly P[], context: ChoiceContext): Pair<P> {
  const of = (target: Target): (P | null)[] => [...predictors.filter(({ content }) => content.target === target && content.space === context.space), null];
  let best: { pair: Pair<P>; rank: number[] } | undefined;
  for (const accuracy of of("accuracy")) {
    for (const latency of of("latency")) {
      if (accuracy !== null && latency !== null && accuracy.content.resolution !== latency.content.resolution) continue;
      const rank = rankOf({ accuracy, latency }, context);
      if (best === undefined || isBefore(rank, best.rank)) best = { pair: { accuracy, latency }, rank };
    }
  }
  return best?.pair ?? { accuracy: null, latency: null };
}

/** Smaller is better, compared from the left. */
function rankOf({ accuracy, latency }: Pair<Predictor>, { chosen, resolution, predicted, machine }: ChoiceContext): number[] {
  const both = [accuracy, latency].filter((one) => one !== null);
  const count = (holds: (one: Predictor) => boolean) => -both.filter(holds).length;
  const distance = resolution === undefined ? 0 : Math.max(0, ...both.map(({ content }) => Math.abs(content.resolution - resolution)));
  return [
    count(({ key, content }) => key === chosen[content.target]),
    -both.length,
    distance,
    count(({ content }) => content.source === predicted?.[content.target].source),
    count(({ content: { measured } }) => measured !== undefined && measured.device.cpu === machine.cpu && measured.device.platform === machine.platform),
  ];
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i >= 0 && a[i]! < b[i]!;
}
