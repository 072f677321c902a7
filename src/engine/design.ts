import type { Stage } from "./architecture.js";
import { formTerms, type Form } from "./forms.js";
import { INTERCEPT, type LinearFit } from "./regression.js";
import type { Space } from "./space.js";
import { parseTerm, readTerm, variablesOf } from "./variables.js";

/** The columns of a form, one per term, each with one row per sample. */
export interface Design {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly index: ReadonlyMap<string, Float64Array>;
}

export function designMatrix(space: Space, form: Form, samples: readonly { readonly stages: readonly Stage[] }[]): Design {
  const variables = variablesOf(space);
  const names = formTerms(form, space);
  const columns = names.map((name) => {
    const term = parseTerm(variables, name);
    return Float64Array.from(samples, (sample) => readTerm(term, sample.stages));
  });
  return { names, columns, index: new Map(names.map((name, j) => [name, columns[j]!])) };
}

/** A fit's prediction of a row, on the link's scale. */
export function predictRow(fit: LinearFit, design: Design, row: number): number {
  return fit.terms.reduce(
    (sum, term) => sum + term.estimate * (term.name === INTERCEPT ? 1 : design.index.get(term.name)![row]!),
    0,
  );
}
