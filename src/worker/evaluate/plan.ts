import { balancedSample, heldOutSample } from "../../engine/accuracy/sample.js";
import type { Stage } from "../../engine/architecture.js";
import { formOf, formTerms, type Form } from "../../engine/forms.js";
import { Random } from "../../engine/random.js";
import { costsOf } from "../../onnx/costs.js";
import { networkOf } from "../../onnx/space.js";
import { ModelError } from "../../engine/errors.js";
import { InputError } from "../../shared/errors.js";
import { t } from "../../shared/l10n.js";
import type { Space } from "../../shared/space.js";
import type { Evaluated, EvaluateRequest } from "../../shared/supernet.js";
import { toldProblem } from "../../shared/toldProblem.js";
import { readConfigOf } from "../jobs/predict.js";

/** A subnet to measure. */
export type Planned = Pick<Evaluated, "name" | "role" | "stages" | "parameters" | "multiplyAdds">;

/** What is measured, in this order: the same for the same request. @throws InputError */
export function planOf({ subnets, resolution, seed }: EvaluateRequest, space: Space): Planned[] {
  const planned = (name: string, role: Evaluated["role"], stages: readonly Stage[]): Planned => ({
    name,
    role,
    stages: plainStages(stages),
    ...costsOf(networkOf(space, stages, { resolution })),
  });
  if (subnets.kind === "given") return subnets.configs.map((config) => planned(config.name, "given", readConfigOf(config, space).stages));
  const { samples, heldOut } = subnets;
  const random = Random.seeded(seed);
  const fit = refusing("samples", () => balancedSample(space, samples, random));
  const further = refusing("heldOut", () => heldOutSample(space, heldOut, random, fit));
  const nameOf = (i: number) => (i === 0 ? "smallest" : i === 1 ? "largest" : `sample ${i + 1}`);
  return [...fit.map((stages, i) => planned(nameOf(i), "fit", stages)), ...further.map((stages, i) => planned(`held out ${i + 1}`, "heldOut", stages))];
}

/**
 * The form that the predictor is fitted with; null where nothing is fitted.
 * @throws InputError for an unknown form, and, before minutes of measuring, for fewer samples than it has coefficients
 */
export function formOfPlan({ subnets }: EvaluateRequest, space: Space): Form | null {
  if (subnets.kind === "given") return null;
  const form = refusing("form", () => formOf("accuracy", subnets.form));
  const coefficients = formTerms(form, space).length + 1;
  // Leave-one-out fits one sample less, and a fit without degrees of freedom tells nothing.
  const least = coefficients + 2;
  if (subnets.samples >= least) return form;
  throw new InputError({
    what: t("too few samples for the form {0}, which has {1} coefficients in the space {2}", form.name, coefficients, space.id),
    field: "samples",
    found: String(subnets.samples),
    expected: t("at least {0}; twice as many fit well", least),
    next: t("Ask for more samples, or pick a form with fewer terms, such as log-saturating."),
  });
}

/** What the engine refuses is the request's. */
export function refusing<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new InputError({ ...toldProblem(error), field });
  }
}

export const plainStages = (stages: readonly Stage[]): Evaluated["stages"] =>
  stages.map(({ width, blocks }) => ({ width, blocks: blocks.map(({ expand, kernel }) => ({ expand, kernel })) }));
