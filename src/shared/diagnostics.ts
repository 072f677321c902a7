import * as v from "valibot";

const TestSchema = v.object({ statistic: v.number(), dof1: v.number(), dof2: v.nullable(v.number()), p: v.number() });
export type Test = v.InferOutput<typeof TestSchema>;

/** A tenth of the samples by rising fitted value. Residuals are measured minus fitted, in the target's unit. */
const BinSchema = v.object({
  n: v.number(),
  /** Means. */
  fitted: v.number(),
  measured: v.number(),
  residual: v.number(),
  /** 95 % interval of the mean residual. */
  interval: v.tuple([v.number(), v.number()]),
  /** Mean of the square root of the absolute standardised residual (scale-location). */
  scale: v.number(),
});

/** One sample. */
const PointSchema = v.object({
  fitted: v.number(),
  measured: v.number(),
  /** Held-out prediction, by a fit without it. */
  leaveOneOut: v.number(),
  /** Internally standardised residual, on the link's scale. */
  standardised: v.number(),
  leverage: v.number(),
  cook: v.number(),
});
export type DiagnosticPoint = v.InferOutput<typeof PointSchema>;

/** Whether a fitted predictor can be trusted, and where not. */
export const DiagnosticsSchema = v.object({
  /** Ramsey's RESET with powers 2 and 3 of the fitted linear part: a small p says that the form is wrong. */
  reset: v.nullable(TestSchema),
  /** Breusch-Pagan, Koenker's studentised form: a small p says that the noise is not the same everywhere. */
  breuschPagan: v.nullable(TestSchema),
  /** Variance inflation factors, largest first; the intercept and terms that were left out have none. */
  collinearity: v.array(v.object({ term: v.string(), vif: v.number() })),
  leverage: v.object({ mean: v.number(), max: v.number() }),
  /** Samples of large Cook's distance (above 4/n), and the largest one with its row among the samples, from 0. */
  cook: v.object({ above: v.number(), max: v.number(), maxRow: v.number() }),
  /** Share of held-out values inside their 95 % prediction intervals. */
  coverage: v.nullable(v.number()),
  /** Held-out error of fits to so many samples, in the unit: mean and standard deviation over draws. */
  learning: v.array(v.object({ n: v.number(), rmse: v.number(), deviation: v.number() })),
  /** Tenths by rising fitted value: a mean residual below 0 is what the form overrates there. Empty for few samples. */
  bins: v.array(BinSchema),
  /** Standardised residuals at normal quantiles: theoretical and observed. */
  quantiles: v.array(v.object({ normal: v.number(), observed: v.number() })),
  /** In the order of the samples. Kept where they are the user's own; none where some sample has no fit without it. */
  points: v.optional(v.array(PointSchema)),
});
export type Diagnostics = v.InferOutput<typeof DiagnosticsSchema>;
