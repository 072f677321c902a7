import { describe, expect, it } from "vitest";
import { fitPredictor } from "../../../src/engine/fitPredictor.js";
import { formOf, formTerms, type Form, type Target } from "../../../src/engine/forms.js";
import { linkValue } from "../../../src/engine/link.js";
import { once } from "./helpers.js";
import { FOXNAS, fitForm, hasData, publishedSamples, publishedText } from "./published.js";
import { hasR, runR } from "./r.js";

const WIDTHS = [16, 24, 40, 80, 112, 160];
const perStage = (patterns: string[]) =>
  patterns.flatMap((p) => WIDTHS.slice(1).map((w, i) => p.replaceAll("_P_", `_${WIDTHS[i]}_`).replaceAll("_S", `_${w}`)));

/** The forms as R formulas over the published columns, from the paper and DESIGN; nothing here reads src/engine/forms.ts. */
const CASES: { target: Target; form: string; response: string; back: string; terms: string[] }[] = [
  {
    target: "accuracy",
    form: "published",
    response: "acc",
    back: "eta",
    terms: perStage(["tot_S", "avg_e_S", "avg_k_S", "tot_e_P_S", "tot_k_P_S", "tot_e_S", "tot_S:tot_e_S", "tot_S:avg_k_S"]),
  },
  {
    target: "latency",
    form: "published",
    response: "latency",
    back: "eta",
    terms: perStage(["tot_S", "avg_e_S", "avg_k_S", "tot_e_P_S", "tot_k_P_S", "tot_S:avg_e_S", "tot_S:avg_k_S"]),
  },
  {
    target: "accuracy",
    form: "log-saturating",
    response: "-log(79 - acc)",
    back: "79 - exp(-eta)",
    terms: perStage(["log_tot_S", "avg_log_e_S", "avg_log_k_S", "log_e_P_S", "log_k_P_S"]),
  },
  {
    target: "accuracy",
    form: "depth-log-saturating",
    response: "-log(78 - acc)",
    back: "78 - exp(-eta)",
    terms: perStage(["depth3_S", "depth4_S", "avg_log_e_S", "tot_S:avg_log_e_S", "tot_k_S", "log_e_P_S", "log_k_P_S"]),
  },
  {
    target: "latency",
    form: "sums",
    response: "latency",
    back: "eta",
    terms: perStage(["tot_S", "tot_e_S", "tot_ekk_S", "tot_e_P_S", "tot_ekk_P_S"]),
  },
];

/** Our own columns from the published counts of block kinds, in R. */
const COLUMNS = `
d <- read.csv("samples.csv", check.names = FALSE)
names(d)[1] <- "row"
widths <- c(16, 24, 40, 80, 112, 160)
for (s in 2:6) {
  w <- widths[s]; p <- paste0(widths[s - 1], "_", w)
  kind <- if (w %in% c(24, 80)) "mbcv" else "se"
  sums <- list(ekk = 0, le = 0, lk = 0)
  for (e in c(2, 3, 4, 6)) for (k in c(3, 5, 7)) {
    n <- d[[paste0(kind, "_e", e, "_k", k, "_", w, "_I")]]
    sums$ekk <- sums$ekk + n * e * k^2; sums$le <- sums$le + n * log(e); sums$lk <- sums$lk + n * log(k)
  }
  tot <- d[[paste0("tot_", w)]]; e1 <- d[[paste0("tot_e_", p)]]; k1 <- d[[paste0("tot_k_", p)]]
  d[[paste0("tot_ekk_", w)]] <- sums$ekk
  d[[paste0("avg_log_e_", w)]] <- sums$le / (tot - 1)
  d[[paste0("avg_log_k_", w)]] <- sums$lk / (tot - 1)
  d[[paste0("log_tot_", w)]] <- log(tot)
  d[[paste0("depth3_", w)]] <- as.numeric(tot == 3)
  d[[paste0("depth4_", w)]] <- as.numeric(tot == 4)
  d[[paste0("tot_ekk_", p)]] <- e1 * k1^2
  d[[paste0("log_e_", p)]] <- log(e1)
  d[[paste0("log_k_", p)]] <- log(k1)
}
`;

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

/** R orders the factors of an interaction by first appearance, we as the form does. */
const unordered = (name: string): string => name.split(":").sort().join(":");
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
