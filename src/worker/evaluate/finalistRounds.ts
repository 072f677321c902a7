import { encodeArchitecture } from "../../engine/architecture.js";
import { chooseFinalists, type Finalists } from "../../engine/accuracy/finalists.js";
import { Predictor } from "../../engine/predictor.js";
import { updatePredictor } from "../../engine/update.js";
import type { Architecture } from "../../shared/architecture.js";
import { inputErrorAt, readPredictorOf } from "../../shared/files/index.js";
import { t } from "../../shared/l10n.js";
import type { PredictorFile } from "../../shared/predictor.js";
import type { FinalistsRequest, FinalistsResult } from "../../shared/supernet.js";
import { copyOf } from "../jobs/describe.js";
import { placing, type Inputs } from "../jobs/inputs.js";
import type { FinalistsState } from "./state.js";

/** Residual error at least, on the scale of the link's argument: a fit of as many terms as samples thinks itself exact, and would learn nothing more. */
const LEAST_ERROR = 1e-3;

/** Finalists that are measured together, and the accuracy predictor that chose them. */
export interface Round {
  readonly accuracy: Predictor;
  readonly architectures: readonly Architecture[];
}

/**
 * Chooses finalists round by round. What a round measures corrects the accuracy predictor before it names the next ones,
 * since a predictor that fits random subnets errs upwards on those that it rates best. The rounds end when the corrected
 * predictor's optimum is among those measured, or when they are used up. The same readings give the same rounds, so a
 * resumed run need only keep the readings.
 */
export class FinalistRounds {
  readonly rounds: Round[] = [];
  /** What the predictors as they were given choose. */
  readonly first: Finalists;
  /** The accuracy predictor, corrected by all rounds that are measured; null before the first one is. */
  corrected: PredictorFile | null = null;
  stopped: FinalistsResult["stopped"] = "rounds";
  private readonly file: PredictorFile;

  /**
   * @param n validation images
   * @throws InputError for several rounds with a predictor that carries no covariance
   */
  constructor(
    private readonly request: FinalistsRequest,
    private readonly inputs: Inputs,
    private readonly n: number,
  ) {
    this.file = readPredictorOf(request.accuracy, "accuracy");
    if (request.rounds > 1 && inputs.accuracy.uncertainty === null) {
      throw inputErrorAt(request.accuracy, ["fit"], {
        what: t("this accuracy predictor cannot be corrected by measurements"),
        found: t("no covariance"),
        expected: t("a fit with its covariance"),
        next: t("Measure in one round."),
      });
    }
    this.first = this.choose(inputs.accuracy, request.candidates);
  }

  /** Every finalist so far, round by round. */
  get architectures(): Architecture[] {
    return this.rounds.flatMap(({ architectures }) => architectures);
  }

  /** The next round; null when there is none. @param readings of all rounds before it, perhaps more */
  next(readings: FinalistsState["readings"]): Round | null {
    if (this.rounds.length > 0) this.corrected = this.correct(readings);
    if (this.rounds.length === this.request.rounds) return null;
    const accuracy = this.corrected === null ? this.inputs.accuracy : new Predictor(this.inputs.space, this.corrected);
    const measured = new Set(this.architectures.map(encodeArchitecture));
    const best = this.corrected === null ? this.first : this.choose(accuracy, this.request.candidates + measured.size);
    const named = best.candidates.map(({ stages }) => copyOf({ resolution: this.inputs.resolution, stages }));
    const fresh = named.filter((one) => !measured.has(encodeArchitecture(one)));
    if (this.rounds.length > 0 && (fresh.length === 0 || fresh[0] !== named[0])) {
      this.stopped = "agreed";
      return null;
    }
    if (fresh.length === 0) return null;
    const round = { accuracy, architectures: fresh.slice(0, this.request.candidates) };
    this.rounds.push(round);
    return round;
  }

  private choose(accuracy: Predictor, count: number): Finalists {
    const { space, latency } = this.inputs;
    return placing(this.request.space, () => chooseFinalists(space, accuracy, latency, this.request.budget, count));
  }

  /** By every finalist so far, at once: the order in which they were measured does not matter. */
  private correct(readings: FinalistsState["readings"]): PredictorFile | null {
    const { file } = this;
    const { fit } = file;
    if (fit === undefined) return null;
    const samples = this.architectures.map(({ stages }, i) => ({ stages, value: this.credible(meanOf(readings, i, this.request.calibrations) / this.n) }));
    const prior = { ...file, fit: { ...fit, residualStdError: Math.max(fit.residualStdError, LEAST_ERROR) } };
    const updated = placing(this.request.accuracy, () => updatePredictor(this.inputs.space, prior, samples));
    return {
      ...updated,
      // Diagnostics are of the fit, and say nothing of its correction.
      fit: { ...updated.fit, n: fit.n + samples.length, diagnostics: undefined },
      source: `${file.source}; corrected by ${samples.length} finalists of the budget ${this.request.budget} ms`,
    };
  }

  /**
   * A measured share as %, no nearer to the link's ceiling than its own standard error: the link stretches what lies
   * there without end, while the images tell no more than that it is near.
   */
  private credible(share: number): number {
    const { link } = this.file;
    const error = Math.sqrt((share * (1 - share)) / this.n);
    return link === null ? 100 * share : Math.min(100 * share, link.ceiling - 100 * Math.max(error, 1 / this.n));
  }
}

/** Right answers of a finalist, in the mean over its calibration sets. */
function meanOf(readings: FinalistsState["readings"], finalist: number, calibrations: number): number {
  const own = readings.slice(finalist * calibrations, (finalist + 1) * calibrations);
  return own.reduce((sum, { counts }) => sum + counts[0], 0) / own.length;
}
