import type { Problem } from "./errors.js";
import { t } from "./l10n.js";
import { saidBy, type Pattern } from "./toldText.js";

/** What the engine refuses, in its own words; it knows of no languages. */
type Told = Pick<Problem, "what" | "found" | "expected" | "next">;

const listed = (list: string): string => saidBy(LISTS, list);
const LISTS: readonly Pattern[] = [[/^(\S+(?:, \S+)*) or (\S+)$/, ([some, last]) => t("{0} or {1}", some!, last!)]];

/** What is wrong. */
const FAULTS: readonly Pattern[] = [
  // engine/architecture.ts, space.ts
  [/^the number of stages is not that of space (.+)$/, ([space]) => t("the number of stages is not that of space {0}", space!)],
  [/^stage (\S+) has another width than in space (.+)$/, ([stage, space]) => t("stage {0} has another width than in space {1}", stage!, space!)],
  [/^stage (\S+) has a depth outside the space$/, ([stage]) => t("stage {0} has a depth outside the space", stage!)],
  [/^stage (\S+), block (\S+) \(from (\S+) channels\) has a choice outside the space$/, ([stage, block, input]) => t("stage {0}, block {1} (from {2} channels) has a choice outside the space", stage!, block!, input!)],
  [/^belongs to another search space$/, () => t("belongs to another search space")],
  // engine/variables.ts, predictor.ts, chanceConstraint.ts, update.ts, stageChoices.ts
  [/^(.+) is no variable of this space$/, ([name]) => t("{0} is no variable of this space", name!)],
  [/^the covariance does not fit the terms$/, () => t("the covariance does not fit the terms")],
  [/^the predictor carries no covariance, so it cannot say how probable it is that a budget is kept$/, () => t("the predictor carries no covariance, so it cannot say how probable it is that a budget is kept")],
  [/^the covariance has a term that has no coefficient$/, () => t("the covariance has a term that has no coefficient")],
  [/^the covariance is not one: some combination of its terms has a negative variance$/, () => t("the covariance is not one: some combination of its terms has a negative variance")],
  [/^the predictor cannot be corrected$/, () => t("the predictor cannot be corrected")],
  [/^a measured value reaches the ceiling of the predictor's link$/, () => t("a measured value reaches the ceiling of the predictor's link")],
  [/^stage (\S+) has too many choices to tabulate$/, ([stage]) => t("stage {0} has too many choices to tabulate", stage!)],
  // engine/forms.ts, fitPredictor.ts, regression.ts, accuracy/ceiling.ts, device
  [/^no accuracy form of this name$/, () => t("no accuracy form of this name")],
  [/^no latency form of this name$/, () => t("no latency form of this name")],
  [/^a value reaches the ceiling of form (.+)$/, ([form]) => t("a value reaches the ceiling of form {0}", form!)],
  [/^too few samples for this form$/, () => t("too few samples for this form")],
  [/^the target is not a number$/, () => t("the target is not a number")],
  [/^term (.+) is not a number$/, ([term]) => t("term {0} is not a number", term!)],
  [/^form (.+) of accuracy has no ceiling$/, ([form]) => t("form {0} of accuracy has no ceiling", form!)],
  [/^form (.+) of latency has no ceiling$/, ([form]) => t("form {0} of latency has no ceiling", form!)],
  [/^no traced architecture has the block (.+)$/, ([block]) => t("no traced architecture has the block {0}", block!)],
  [/^too few timed architectures to calibrate$/, () => t("too few timed architectures to calibrate")],
];

/** What is found and what is expected. */
const VALUES: readonly Pattern[] = [
  [/^(\S+) samples$/, ([n]) => t("{0} samples", n!)],
  [/^(\S+) stages$/, ([n]) => t("{0} stages", n!)],
  [/^(\S+) stages of width (.+)$/, ([n, widths]) => t("{0} stages of width {1}", n!, widths!)],
  [/^(\S+(?:, \S+)*(?: or \S+)?) blocks$/, ([depths]) => t("{0} blocks", listed(depths!))],
  [/^over (\S+) that the predictors can tell apart$/, ([n]) => t("over {0} that the predictors can tell apart", n!)],
  [/^(\S+) numbers for (\S+) terms, (\S+) degrees of freedom$/, ([n, terms, dof]) => t("{0} numbers for {1} terms, {2} degrees of freedom", n!, terms!, dof!)],
  [/^(\S+) first and (\S+) numbers, the lower triangle by rows$/, ([first, n]) => t("{0} first and {1} numbers, the lower triangle by rows", first!, n!)],
  [/^no covariance$/, () => t("no covariance")],
  [/^no link$/, () => t("no link")],
  [/^no fit$/, () => t("no fit")],
  [/^a fit with its covariance$/, () => t("a fit with its covariance")],
  [/^a matrix that is not positive semidefinite$/, () => t("a matrix that is not positive semidefinite")],
  [/^the covariance of a fit$/, () => t("the covariance of a fit")],
  [/^terms of the coefficients$/, () => t("terms of the coefficients")],
  [/^a product of variables such as (.+)$/, ([names]) => t("a product of variables such as {0}", names!)],
  [/^a saturating form$/, () => t("a saturating form")],
  [/^a finite number$/, () => t("a finite number")],
  [/^every block of the space in a trace$/, () => t("every block of the space in a trace")],
  [/^below (\S+) %$/, ([ceiling]) => t("below {0} %", ceiling!)],
  [/^below (\S+)$/, ([ceiling]) => t("below {0}", ceiling!)],
  [/^at most (\S+)$/, ([most]) => t("at most {0}", most!)],
  [/^at least (\S+)$/, ([least]) => t("at least {0}", least!)],
  [/^more than its (\S+) coefficients$/, ([n]) => t("more than its {0} coefficients", n!)],
  ...LISTS,
];

/** What the person can do. */
const STEPS: readonly Pattern[] = [
  [/^Pick the space, predictors and config that belong together\.$/, () => t("Pick the space, predictors and config that belong together.")],
  [/^Check that the predictor belongs to this space\.$/, () => t("Check that the predictor belongs to this space.")],
  [/^Fit the predictor again, or remove the field fit\.$/, () => t("Fit the predictor again, or remove the field fit.")],
  [/^Fit the predictor again, or search without a probability\.$/, () => t("Fit the predictor again, or search without a probability.")],
  [/^Give the stage fewer depths, expand ratios or kernel sizes\.$/, () => t("Give the stage fewer depths, expand ratios or kernel sizes.")],
  [/^Pick a form without a link, such as published\.$/, () => t("Pick a form without a link, such as published.")],
  [/^Measure more architectures, or pick a form with fewer terms\.$/, () => t("Measure more architectures, or pick a form with fewer terms.")],
  [
    /^Pick depth-log-saturating or log-saturating, which are forms of accuracy, or leave the ceiling out\.$/,
    () => t("Pick depth-log-saturating or log-saturating, which are forms of accuracy, or leave the ceiling out."),
  ],
];

const orNothing = (patterns: readonly Pattern[], text: string | undefined): string | undefined => (text === undefined ? undefined : saidBy(patterns, text));

/** What the engine refuses (its ModelError), in the language of the texts; what is not known stays as it is. */
export function toldProblem({ what, found, expected, next }: Told): Told {
  return { what: saidBy(FAULTS, what), found: orNothing(VALUES, found), expected: orNothing(VALUES, expected), next: orNothing(STEPS, next) };
}
