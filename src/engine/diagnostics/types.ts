/** A test's statistic with its degrees of freedom (the second null for chi-squared) and its p value. */
export interface Test {
  statistic: number;
  dof1: number;
  dof2: number | null;
  p: number;
}

/** A tenth of the samples by rising fitted value; means, in the target's unit. */
export interface Bin {
  n: number;
  fitted: number;
  measured: number;
  /** Measured minus fitted. */
  residual: number;
  /** 95 % interval of the mean residual. */
  interval: [number, number];
  /** Mean of the square root of the absolute standardised residual. */
  scale: number;
}

export interface DiagnosticPoint {
  fitted: number;
  measured: number;
  leaveOneOut: number;
  standardised: number;
  leverage: number;
  cook: number;
}

/** Held-out error of fits to n samples, in the target's unit. */
export interface Rung {
  n: number;
  rmse: number;
  /** Standard deviation over the draws. */
  deviation: number;
}

/** Whether a fitted predictor can be trusted, and where not; null or empty where the samples do not allow to say. */
export interface Diagnostics {
  reset: Test | null;
  breuschPagan: Test | null;
  collinearity: { term: string; vif: number }[];
  leverage: { mean: number; max: number };
  cook: { above: number; max: number; maxRow: number };
  coverage: number | null;
  learning: Rung[];
  bins: Bin[];
  quantiles: { normal: number; observed: number }[];
  points?: DiagnosticPoint[];
}
