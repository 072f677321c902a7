import { afterAll, describe, expect, it } from "vitest";
import { deletedResiduals } from "../../../../src/engine/diagnostics/influence.js";
import { diagnose } from "../../../../src/engine/diagnostics/index.js";
import { fitPredictor } from "../../../../src/engine/fitPredictor.js";
import { formOf } from "../../../../src/engine/forms.js";
import { once } from "../helpers.js";
import { FOXNAS, hasData, publishedSamples, publishedText } from "../published.js";
import { hasR, runR } from "../r.js";
import { CASES, COLUMNS, unordered } from "../rForms.js";

/** Base R alone: anova of two lm for RESET (on powers of the scaled and of the raw fitted values), formulas for the rest. */
const diagnosing = ({ response, terms }: (typeof CASES)[number]): string => `${COLUMNS}
m <- lm(${response} ~ ${terms.join(" + ")}, d)
n <- nrow(d); e <- residuals(m); f <- fitted(m)
z <- (f - mean(f)) / sd(f)
a <- anova(m, update(m, . ~ . + I(z^2) + I(z^3)))
out("reset", c(a$F[2], a$Df[2], a$Res.Df[2], a$"Pr(>F)"[2]))
b <- anova(m, update(m, . ~ . + I(f^2) + I(f^3)))
out("reset raw", b$F[2])
x <- model.matrix(m)
aux <- lm.fit(x, e^2)
bp <- n * (1 - sum(aux$residuals^2) / sum((e^2 - mean(e^2))^2))
out("bp", c(bp, ncol(x) - 1, pchisq(bp, ncol(x) - 1, lower.tail = FALSE)))
for (j in 2:ncol(x)) out(paste0("vif ", colnames(x)[j]), 1 / (1 - summary(lm(x[, j] ~ x[, -c(1, j)]))$r.squared))
out("hat", hatvalues(m)); out("cook", cooks.distance(m)); out("standard", rstandard(m)); out("deleted", rstudent(m)); out("fitted", f)
q <- qqnorm(rstandard(m), plot.it = FALSE)
out("normal", sort(q$x)); out("observed", sort(q$y))
`;

const relative = (ours: number, r: number): number => Math.abs(ours - r) / Math.abs(r);
/** Largest difference of two lists, by the largest value of R's. */
const furthest = (ours: readonly number[], r: readonly number[]): number => {
  expect(ours).toHaveLength(r.length);
  return Math.max(...ours.map((value, i) => Math.abs(value - r[i]!))) / Math.max(...r.map(Math.abs));
};

describe.runIf(hasData && hasR).each(CASES)("diagnostics of the $form form of $target on the 300 published samples", (c) => {
  const ready = once(() => {
    const samples = publishedSamples(c.target);
    const form = formOf(c.target, c.form);
    const fitting = fitPredictor(FOXNAS, form, samples, 1);
    return { samples, fitting, ours: diagnose(FOXNAS, form, samples, fitting, 1), r: runR(diagnosing(c), { "samples.csv": publishedText() }) };
  });
  const said: string[] = [];
  const say = (name: string, difference: number) => said.push(`${name} ${difference.toExponential(1)}`);
  afterAll(() => console.log(`${c.target}, ${c.form}, relative differences from R: ${said.join(", ")}`));

  it("have R's RESET: F, degrees of freedom and p", () => {
    const { ours, r } = ready();
    const [statistic, dof1, dof2, p] = r.numbers("reset");
    expect([ours.reset!.dof1, ours.reset!.dof2]).toEqual([dof1, dof2]);
    const differences = { F: relative(ours.reset!.statistic, statistic!), p: relative(ours.reset!.p, p!), raw: relative(ours.reset!.statistic, r.number("reset raw")) };
    say("RESET F", differences.F);
    say("its p", differences.p);
    say("F by raw powers", differences.raw);
    expect(differences.F).toBeLessThan(1e-8);
    expect(differences.p).toBeLessThan(1e-8);
    expect(differences.raw).toBeLessThan(1e-8);
  });

  it("have R's Breusch-Pagan: statistic, degrees of freedom and p", () => {
    const { ours, r } = ready();
    const [statistic, dof, p] = r.numbers("bp");
    expect([ours.breuschPagan!.dof1, ours.breuschPagan!.dof2]).toEqual([dof, null]);
    const differences = { statistic: relative(ours.breuschPagan!.statistic, statistic!), p: relative(ours.breuschPagan!.p, p!) };
    say("Breusch-Pagan", differences.statistic);
    say("its p", differences.p);
    expect(differences.statistic).toBeLessThan(1e-8);
    expect(differences.p).toBeLessThan(1e-8);
  });

  it("have the variance inflation of R's regressions of each term on the others", () => {
    const { ours, r } = ready();
    const theirs = new Map(r.names("vif ").map((name) => [unordered(name), r.number(`vif ${name}`)]));
    expect(ours.collinearity.map(({ term }) => unordered(term)).sort()).toEqual([...theirs.keys()].sort());
    const difference = Math.max(...ours.collinearity.map(({ term, vif }) => relative(vif, theirs.get(unordered(term))!)));
    say("VIF", difference);
    expect(difference).toBeLessThan(1e-8);
    const vifs = ours.collinearity.map(({ vif }) => vif);
    expect(vifs).toEqual([...vifs].sort((a, b) => b - a));
  });

  it("have R's hatvalues, cooks.distance, rstandard and rstudent", () => {
    const { ours, fitting, r } = ready();
    const points = ours.points!;
    const of = (key: "leverage" | "cook" | "standardised") => points.map((point) => point[key]);
    const differences = {
      hat: furthest(of("leverage"), r.numbers("hat")),
      cook: furthest(of("cook"), r.numbers("cook")),
      standard: furthest(of("standardised"), r.numbers("standard")),
      deleted: furthest([...deletedResiduals(fitting.fit)], r.numbers("deleted")),
    };
    Object.entries(differences).forEach(([name, difference]) => say(name, difference));
    for (const difference of Object.values(differences)) expect(difference).toBeLessThan(1e-8);
    const hat = r.numbers("hat");
    expect(relative(ours.leverage.max, Math.max(...hat))).toBeLessThan(1e-8);
    expect(relative(ours.leverage.mean, hat.reduce((a, b) => a + b, 0) / 300)).toBeLessThan(1e-8);
    const cook = r.numbers("cook");
    expect(ours.cook.above).toBe(cook.filter((distance) => distance > 4 / 300).length);
    expect(ours.cook.maxRow).toBe(cook.indexOf(Math.max(...cook)));
    expect(relative(ours.cook.max, Math.max(...cook))).toBeLessThan(1e-8);
  });

  it("have R's qqnorm at the ranks that are kept", () => {
    const { ours, r } = ready();
    const normal = r.numbers("normal");
    const observed = r.numbers("observed");
    expect(ours.quantiles).toHaveLength(99);
    const ranks = ours.quantiles.map((_, k) => Math.round((k * 299) / 98));
    const differences = [
      furthest(ours.quantiles.map((q) => q.normal), ranks.map((rank) => normal[rank]!)),
      furthest(ours.quantiles.map((q) => q.observed), ranks.map((rank) => observed[rank]!)),
    ] as const;
    say("normal quantiles", differences[0]);
    say("observed", differences[1]);
    expect(Math.max(...differences)).toBeLessThan(1e-8);
  });

  it("have tenths of the samples whose residuals come back to the mean residual", () => {
    const { ours } = ready();
    expect(ours.bins.map(({ n }) => n)).toEqual(new Array<number>(10).fill(30));
    const points = [...ours.points!].sort((a, b) => a.fitted - b.fitted);
    ours.bins.forEach((bin, k) => {
      const tenth = points.slice(30 * k, 30 * (k + 1));
      const mean = tenth.reduce((sum, { measured, fitted }) => sum + measured - fitted, 0) / 30;
      expect(bin.residual).toBeCloseTo(mean, 10);
      expect(bin.measured - bin.fitted).toBeCloseTo(mean, 10);
      const deviation = Math.sqrt(tenth.reduce((sum, { measured, fitted }) => sum + (measured - fitted - mean) ** 2, 0) / 29);
      // qt(0.975, 29)
      expect(bin.interval[1] - mean).toBeCloseTo((2.045229642132703 * deviation) / Math.sqrt(30), 9);
      expect(mean - bin.interval[0]).toBeCloseTo(bin.interval[1] - mean, 10);
    });
  });
});
