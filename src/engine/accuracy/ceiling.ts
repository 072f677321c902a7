import { judged } from "../diagnostics/influence.js";
import { designMatrix } from "../design.js";
import { ModelError } from "../errors.js";
import { fitPredictor, type PredictorFitting, type Sample } from "../fitPredictor.js";
import type { Form } from "../forms.js";
import { linkEta, linkValue } from "../link.js";
import { decompose, type Qr } from "../qr.js";
import type { Space } from "../space.js";

/** A fit with the ceiling that it was made with. */
export interface CeilingFitting {
  /** With this ceiling; what follows (diagnose, the predictor's link) takes it and not the form of the list. */
  readonly form: Form;
  readonly fitting: PredictorFitting;
  /** % */
  readonly ceiling: number;
  /** Leave-one-out RMSE (pp) of every ceiling (%) of the grid, by rising ceiling; empty where it was given. */
  readonly tried: readonly { readonly ceiling: number; readonly rmse: number }[];
}

/**
 * Fits an accuracy form whose ceiling is fitted too: of all ceilings, the one with the smallest leave-one-out RMSE in the
 * target's unit. A built-in form's ceiling suits ImageNet alone; another data set saturates elsewhere.
 *
 * The search runs over the ceiling's distance to the largest sample, 1/200 to 20 times the samples' range: 49 distances
 * in geometric steps, then a golden-section search between the neighbours of the best. Further away the link is a
 * straight line; nearer, the largest sample becomes an outlier. The design, and so the leverages, are the same for every
 * ceiling, so one decomposition gives each of its leave-one-out errors exactly (PRESS). The error of the best is a little
 * optimistic, as one number was chosen by it.
 *
 * The ceiling may lie above 100 %: it is the shape parameter of `ceiling - exp(-eta)`, how fast gains shrink over the
 * accuracies that were seen, and no claim about an accuracy that a network could reach. Predictions stay where samples are.
 * @param ceiling %, taken as it is; "fitted" searches
 * @throws ModelError for a form without a link, and as fitPredictor does
 */
export function fitWithCeiling(
  space: Space,
  form: Form,
  samples: readonly Sample[],
  seed: number,
  ceiling: number | "fitted" = "fitted",
): CeilingFitting {
  const found = ceiling === "fitted" ? searchCeiling(space, requireLink(form), samples) : { ceiling, tried: [] };
  const own = withCeiling(form, found.ceiling);
  return { form: own, fitting: fitPredictor(space, own, samples, seed), ...found };
}

/** The same form with another ceiling (%). @throws ModelError for a form without a link */
export function withCeiling(form: Form, ceiling: number): Form {
  return { ...requireLink(form), link: { kind: "saturating", ceiling } };
}

type Linked = Form & { readonly link: NonNullable<Form["link"]> };

function requireLink(form: Form): Linked {
  const { link } = form;
  if (link !== null) return { ...form, link };
  throw new ModelError(
    `form ${form.name} of ${form.target} has no ceiling`,
    ["form"],
    "no link",
    "a saturating form",
    "Pick depth-log-saturating or log-saturating, which are forms of accuracy, or leave the ceiling out.",
  );
}

const STEPS = 48;
const NEAREST = 1 / 200;
const FARTHEST = 20;
/** The golden section narrows two steps of the grid, some 40 %, to 1e-4 of that. */
const HALVINGS = 20;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

function searchCeiling(space: Space, form: Linked, samples: readonly Sample[]): Pick<CeilingFitting, "ceiling" | "tried"> {
  const values = samples.map(({ value }) => value);
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const range = largest - values.reduce((a, b) => Math.min(a, b), largest);
  const errorOf = leaveOneOutErrors(space, form, values, samples);
  // Equal values have no shape, and what cannot be fitted is told by fitPredictor.
  if (!(range > 0) || errorOf === null) return { ceiling: Math.max(form.link.ceiling, largest + 1), tried: [] };
  const at = (step: number) => largest + range * NEAREST * (FARTHEST / NEAREST) ** (step / STEPS);
  const tried = Array.from({ length: STEPS + 1 }, (_, step) => ({ ceiling: at(step), rmse: errorOf(at(step)) }));
  const best = tried.reduce((a, b, step) => (b.rmse < tried[a]!.rmse ? step : a), 0);
  const step = goldenSection((x) => errorOf(at(x)), Math.max(0, best - 1), Math.min(STEPS, best + 1));
  return { ceiling: errorOf(at(step)) < tried[best]!.rmse ? at(step) : tried[best]!.ceiling, tried };
}

/** Where a function with one minimum between two ends is least. */
function goldenSection(of: (x: number) => number, low: number, high: number): number {
  const inner = (a: number, b: number) => b - GOLDEN * (b - a);
  let [left, right] = [inner(low, high), low + high - inner(low, high)];
  let [atLeft, atRight] = [of(left), of(right)];
  for (let i = 0; i < HALVINGS; i++) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = inner(low, high);
      atLeft = of(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + high - inner(low, high);
      atRight = of(right);
    }
  }
  return (low + high) / 2;
}

/** Leave-one-out RMSE (pp) as a function of the ceiling; null where there are too few samples for the form. */
function leaveOneOutErrors(space: Space, form: Linked, values: readonly number[], samples: readonly Sample[]): ((ceiling: number) => number) | null {
  const n = values.length;
  const design = designMatrix(space, form, samples);
  if (n <= design.names.length + 1) return null;
  const { q }: Qr = decompose([new Float64Array(n).fill(1), ...design.columns]);
  const leverage = new Float64Array(n).map((_, i) => q.reduce((sum, column) => sum + column[i]! ** 2, 0));
  const rows = judged({ leverage });
  return (ceiling) => {
    const link = { ...form.link, ceiling };
    const eta = Float64Array.from(values, (value) => linkEta(link, value));
    const residuals = residualsOf(eta, q);
    let squares = 0;
    let count = 0;
    values.forEach((value, i) => {
      if (!rows[i]) return;
      squares += (linkValue(link, eta[i]! - residuals[i]! / (1 - leverage[i]!)) - value) ** 2;
      count++;
    });
    return Math.sqrt(squares / count);
  };
}

/** y less its projection on the orthonormal columns. */
function residualsOf(y: Float64Array, q: readonly Float64Array[]): Float64Array {
  const rest = Float64Array.from(y);
  for (const column of q) {
    const along = y.reduce((sum, value, i) => sum + value * column[i]!, 0);
    for (let i = 0; i < rest.length; i++) rest[i]! -= along * column[i]!;
  }
  return rest;
}
