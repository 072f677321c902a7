import { t } from "./l10n.js";

/** A kind of sentence, and how it is said; what the pattern's groups found is in `found`. */
export type Pattern = readonly [pattern: RegExp, text: (found: string[]) => string];

/**
 * What engine and worker say in English, which they always speak: their sentences are kept in journals and results,
 * and read wherever those are opened. Each pattern stands for one of them; the parts of a pattern are translated in turn.
 */
const PATTERNS: readonly Pattern[] = [
  // engine/explain/changes.ts
  [/^stage (\S+), block (\d+): expand (\d+) → (\d+)$/, ([stage, block, from, to]) => t("stage {0}, block {1}: expand {2} → {3}", stage!, block!, from!, to!)],
  [/^stage (\S+), block (\d+): kernel (\d+) → (\d+)$/, ([stage, block, from, to]) => t("stage {0}, block {1}: kernel {2} → {3}", stage!, block!, from!, to!)],
  [/^stage (\S+): (\d+) → 1 block$/, ([stage, from]) => t("stage {0}: {1} → 1 block", stage!, from!)],
  [/^stage (\S+): (\d+) → (\d+) blocks( \(.+\))?$/, ([stage, from, to, added]) => `${t("stage {0}: {1} → {2} blocks", stage!, from!, to!)}${added ?? ""}`],
  // worker/jobs/nearTieTable.ts
  [/^fewest kernels of (\d+)$/, ([size]) => t("fewest kernels of {0}", size!)],
  [/^the most different$/, () => t("the most different")],
  [/^fastest$/, () => t("fastest")],
  [/^fewest blocks$/, () => t("fewest blocks")],
  [/^fewest parameters$/, () => t("fewest parameters")],
  [/^fewest multiply-adds$/, () => t("fewest multiply-adds")],
  // worker/measure/clock.ts
  [/^one thread on the CPU$/, () => t("one thread on the CPU")],
  [/^(\d+) threads work at once$/, ([threads]) => t("{0} threads work at once", threads!)],
  [/^the execution provider (\S+) does not work on the CPU alone$/, ([provider]) => t("the execution provider {0} does not work on the CPU alone", provider!)],
  [/^CPU time moves in steps of (\S+) ms, too coarse for runs of (\S+) ms$/, ([step, run]) => t("CPU time moves in steps of {0} ms, too coarse for runs of {1} ms", step!, run!)],
  // Certificates: worker/jobs/search.ts, chance.ts, worker/tune/result.ts, engine/accuracy/finalists.ts
  [/^No architecture is predicted within the budget\.$/, () => t("No architecture is predicted within the budget.")],
  [/^After the correction no architecture is predicted within the budget\.$/, () => t("After the correction no architecture is predicted within the budget.")],
  [/^The optimum could not be proved\.$/, () => t("The optimum could not be proved.")],
  [/^A predictor has terms across stages, so the optimum cannot be proved by adding stages up\.$/, () => t("A predictor has terms across stages, so the optimum cannot be proved by adding stages up.")],
  [/^No architecture stays within the budget with (.+) probability\.$/, ([p]) => t("No architecture stays within the budget with {0} probability.", p!)],
  [
    /^No architecture was found that stays within the budget with (.+) probability\. The nearest budget is the smallest that was found; too many architectures are near it to prove that none is smaller\.$/,
    ([p]) => t("No architecture was found that stays within the budget with {0} probability. The nearest budget is the smallest that was found; too many architectures are near it to prove that none is smaller.", p!),
  ],
  [/^There are more architectures near the budget than could be looked at\. None is above (\S+) %\.$/, ([most]) => t("There are more architectures near the budget than could be looked at. None is above {0} %.", most!)],
  // Progress of measuring: worker/measure/batch.ts, worker/jobs/{bench,profile,tune}.ts, worker/evaluate
  [/^model (\d+) of (\d+)$/, ([done, of]) => t("model {0} of {1}", done!, of!)],
  [/^model (\d+) of (\d+) for its trace$/, ([done, of]) => t("model {0} of {1} for its trace", done!, of!)],
  [/^warmed up$/, () => t("warmed up")],
  [/^round (\d+) of (\d+)$/, ([done, of]) => t("round {0} of {1}", done!, of!)],
  [/^trace (\d+) of (\d+)$/, ([done, of]) => t("trace {0} of {1}", done!, of!)],
  [/^recalibrating batch-norm, image (\d+) of (\d+)$/, ([done, of]) => t("recalibrating batch-norm, image {0} of {1}", done!, of!)],
  [/^validating (\S+), image (\d+) of (\d+)$/, ([precision, done, of]) => t("validating {0}, image {1} of {2}", precision!, done!, of!)],
  [/^ranges, image (\d+) of (\d+)$/, ([done, of]) => t("ranges, image {0} of {1}", done!, of!)],
  [/^tracing every block$/, () => t("tracing every block")],
  [/^timing architectures (\d+) to (\d+)$/, ([from, to]) => t("timing architectures {0} to {1}", from!, to!)],
  [/^batch (\d+) of (\d+)$/, ([done, of]) => t("batch {0} of {1}", done!, of!)],
  [/^measuring (\d+) architectures, time (\d+) of at most (\d+)$/, ([count, time, most]) => t("measuring {0} architectures, time {1} of at most {2}", count!, time!, most!)],
  [/^measuring the winner once more$/, () => t("measuring the winner once more")],
  [/^measuring the winner once more, beside (\d+) more$/, ([more]) => t("measuring the winner once more, beside {0} more", more!)],
  [/^subnet (\d+) of (\d+) \((.*)\)$/, ([done, of, name]) => t("subnet {0} of {1} ({2})", done!, of!, name!)],
  [/^held-out error (\S+) %$/, ([error]) => t("held-out error {0} %", error!)],
  // `doing: what is done just now; what is known`
  [/^(.+); (held-out error .+)$/, ([doing, known]) => `${toldText(doing!)}; ${toldText(known!)}`],
  [/^(subnet \d+ of \d+ \(.*\)|(?:batch|timing|tracing|measuring) [^:]*): (.+)$/, ([what, doing]) => `${toldText(what!)}: ${toldText(doing!)}`],
];

/** A sentence of engine or worker in the language of the texts; one that is not known stays as it is. */
export function toldText(text: string): string {
  return saidBy(PATTERNS, text);
}

/** A text as the first pattern that it fits says it; one that fits none stays as it is. */
export function saidBy(patterns: readonly Pattern[], text: string): string {
  for (const [pattern, said] of patterns) {
    const found = pattern.exec(text);
    if (found !== null) return said(found.slice(1));
  }
  return text;
}
