import { describe, expect, it } from "vitest";
import { fitPredictor } from "../../../src/engine/fitPredictor.js";
import { formOf, formTerms, type Form } from "../../../src/engine/forms.js";
import { linkValue } from "../../../src/engine/link.js";
import { once } from "./helpers.js";
import { FOXNAS, fitForm, hasData, publishedSamples, publishedText } from "./published.js";
import { hasR, runR } from "./r.js";
import { CASES, COLUMNS, unordered } from "./rForms.js";

/** summary(lm), vcov, hatvalues, leave-one-out by refitting, and 10 x 10-fold cross-validation with R's own folds. */
const fitting = ({ target, response, back, terms }: (typeof CASES)[number]): string => `${COLUMNS}
m <- lm(${response} ~ ${terms.join(" + ")}, d)
s <- summary(m); n <- nrow(d)
out("r2", s$r.squared); out("adjusted", s$adj.r.squared); out("sigma", s$sigma); out("dof", m$df.residual)
out("f", s$fstatistic)
out("f.p", pf(s$fstatistic[1], s$fstatistic[2], s$fstatistic[3], lower.tail = FALSE, log.p = TRUE))
for (name in rownames(s$coefficients)) out(paste0("term ", name), s$coefficients[name, ])
v <- vcov(m)
for (name in rownames(v)) out(paste0("vcov ", name), v[name, ])
words("order", names(coef(m)))
out("leverage", hatvalues(m))
out("residuals", residuals(m))
x <- model.matrix(m); y <- model.response(model.frame(m)); actual <- d[["${target === "accuracy" ? "acc" : "latency"}"]]
unlink <- function(eta) ${back}
loo <- sapply(1:n, function(i) unlink(sum(x[i, ] * lm.fit(x[-i, ], y[-i])$coefficients)))
out("loo", sqrt(mean((loo - actual)^2)))
set.seed(7)
out("cv", mean(replicate(10, {
  fold <- sample(rep(1:10, length.out = n)); held <- numeric(n)
  for (f in 1:10) held[fold == f] <- unlink(x[fold == f, ] %*% lm.fit(x[fold != f, ], y[fold != f])$coefficients)
  sqrt(mean((held - actual)^2))
})))
`;

const relative = (ours: number, r: number): number => Math.abs(ours - r) / Math.abs(r);

describe.runIf(hasData && hasR).each(CASES)("the $form form of $target on the 300 published samples", (c) => {
  const form: Form = formOf(c.target, c.form);
  const ready = once(() => {
    const samples = publishedSamples(c.target);
    const r = runR(fitting(c), { "samples.csv": publishedText() });
    const rTerms = new Map(r.names("term ").map((name) => [unordered(name), r.numbers(`term ${name}`)]));
    return { samples, r, rTerms, fit: fitForm(FOXNAS, form, samples) };
  });

  it("has the terms of the formula, all of full rank", () => {
    const { fit, r, rTerms } = ready();
    expect(formTerms(form, FOXNAS).sort()).toEqual([...c.terms].sort());
    expect(fit.aliased).toEqual([]);
    expect(fit.terms[0]!.name).toBe("(Intercept)");
    expect(fit.terms.map(({ name }) => unordered(name)).sort()).toEqual([...rTerms.keys()].sort());
    expect(fit).toMatchObject({ n: 300, dof: r.number("dof") });
  });

  it("has the estimates, standard errors, t and p values of R's summary(lm)", () => {
    const { fit, rTerms } = ready();
    for (const term of fit.terms) {
      const [estimate, stdError, t, p] = rTerms.get(unordered(term.name))!;
      expect(relative(term.estimate, estimate!), `estimate of ${term.name}`).toBeLessThan(1e-8);
      expect(relative(term.stdError, stdError!), `standard error of ${term.name}`).toBeLessThan(1e-9);
      expect(relative(term.t, t!), `t of ${term.name}`).toBeLessThan(1e-9);
      expect(relative(term.p, p!), `p of ${term.name}`).toBeLessThan(1e-9);
    }
  });

  it("has R's R2, adjusted R2, residual standard error, F and the p value of F", () => {
    const { fit, r } = ready();
    expect(relative(fit.r2, r.number("r2"))).toBeLessThan(1e-9);
    expect(relative(fit.adjustedR2, r.number("adjusted"))).toBeLessThan(1e-9);
    expect(relative(fit.residualStdError, r.number("sigma"))).toBeLessThan(1e-9);
    const [value, dof1, dof2] = r.numbers("f");
    expect(relative(fit.f.value, value!)).toBeLessThan(1e-9);
    expect([fit.f.dof1, fit.f.dof2]).toEqual([dof1, dof2]);
    // Around 1e-140, where a p value moves a hundred times as fast as its F.
    const logP = r.number("f.p");
    expect(logP).toBeLessThan(-300);
    if (logP < Math.log(Number.MIN_VALUE)) expect(fit.f.p).toBe(0);
    else expect(Math.abs(Math.log(fit.f.p) - logP)).toBeLessThan(1e-7);
  });

  it("has the covariance of vcov, the leverage of hatvalues and R's residuals", () => {
    const { fit, r } = ready();
    const rOrder = r.words("order").map(unordered);
    fit.terms.forEach((a, i) => {
      const row = r.numbers(`vcov ${r.words("order")[rOrder.indexOf(unordered(a.name))]!}`);
      fit.terms.forEach((b, j) => {
        const scale = a.stdError * b.stdError;
        expect(Math.abs(fit.covariance[i]![j]! - row[rOrder.indexOf(unordered(b.name))]!) / scale, `${a.name} and ${b.name}`).toBeLessThan(1e-9);
      });
    });
    const leverage = r.numbers("leverage");
    const residuals = r.numbers("residuals");
    for (let i = 0; i < 300; i++) {
      expect(Math.abs(fit.leverage[i]! - leverage[i]!)).toBeLessThan(1e-11);
      expect(Math.abs(fit.residuals[i]! - residuals[i]!)).toBeLessThan(1e-9);
    }
  });

  it("has the errors that R finds by leaving one out and by folds of its own", () => {
    const { fit, r, samples } = ready();
    const { crossValidation, leaveOneOutRmse, fit: same } = fitPredictor(FOXNAS, form, samples, 1);
    expect(same.terms).toEqual(fit.terms);
    expect(relative(leaveOneOutRmse, r.number("loo"))).toBeLessThan(1e-8);
    // Other folds, so equal only up to the luck of the draw.
    expect(relative(crossValidation.rmse, r.number("cv"))).toBeLessThan(0.03);
    const press = Math.sqrt(
      fit.residuals.reduce((sum, residual, i) => {
        const eta = residual / (1 - fit.leverage[i]!);
        const own = form.link === null ? samples[i]!.value : -Math.log(form.link.ceiling - samples[i]!.value);
        return sum + (samples[i]!.value - linkValue(form.link, own - eta)) ** 2;
      }, 0) / 300,
    );
    expect(relative(press, r.number("loo"))).toBeLessThan(1e-8);
  });
});
