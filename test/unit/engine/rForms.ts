import type { Target } from "../../../src/engine/forms.js";

const WIDTHS = [16, 24, 40, 80, 112, 160];
const perStage = (patterns: string[]) =>
  patterns.flatMap((p) => WIDTHS.slice(1).map((w, i) => p.replaceAll("_P_", `_${WIDTHS[i]}_`).replaceAll("_S", `_${w}`)));

/** The forms as R formulas over the published columns, from the paper and DESIGN; nothing here reads src/engine/forms.ts. */
export const CASES: { target: Target; form: string; response: string; back: string; terms: string[] }[] = [
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
  {
    target: "latency",
    form: "sums-padded",
    response: "latency",
    back: "eta",
    terms: perStage(["tot_S", "tot_e16_S", "tot_ekk16_S", "tot_e16_P_S", "tot_ekk16_P_S"]),
  },
];

/** Our own columns from the published counts of block kinds, in R. */
export const COLUMNS = `
d <- read.csv("samples.csv", check.names = FALSE)
names(d)[1] <- "row"
widths <- c(16, 24, 40, 80, 112, 160)
for (s in 2:6) {
  w <- widths[s]; p <- paste0(widths[s - 1], "_", w)
  kind <- if (w %in% c(24, 80)) "mbcv" else "se"
  v <- widths[s - 1]; lanes <- function(width) ceiling(width / 16) * 16
  sums <- list(ekk = 0, le = 0, lk = 0, e16 = 0, ekk16 = 0)
  for (e in c(2, 3, 4, 6)) for (k in c(3, 5, 7)) {
    n <- d[[paste0(kind, "_e", e, "_k", k, "_", w, "_I")]]
    sums$ekk <- sums$ekk + n * e * k^2; sums$le <- sums$le + n * log(e); sums$lk <- sums$lk + n * log(k)
    sums$e16 <- sums$e16 + n * lanes(w * e) / w; sums$ekk16 <- sums$ekk16 + n * lanes(w * e) / w * k^2
  }
  tot <- d[[paste0("tot_", w)]]; e1 <- d[[paste0("tot_e_", p)]]; k1 <- d[[paste0("tot_k_", p)]]
  d[[paste0("tot_ekk_", w)]] <- sums$ekk
  d[[paste0("avg_log_e_", w)]] <- sums$le / (tot - 1)
  d[[paste0("avg_log_k_", w)]] <- sums$lk / (tot - 1)
  d[[paste0("log_tot_", w)]] <- log(tot)
  d[[paste0("depth3_", w)]] <- as.numeric(tot == 3)
  d[[paste0("depth4_", w)]] <- as.numeric(tot == 4)
  d[[paste0("tot_ekk_", p)]] <- e1 * k1^2
  d[[paste0("tot_e16_", w)]] <- sums$e16
  d[[paste0("tot_ekk16_", w)]] <- sums$ekk16
  d[[paste0("tot_e16_", p)]] <- lanes(v * e1) / v
  d[[paste0("tot_ekk16_", p)]] <- lanes(v * e1) / v * k1^2
  d[[paste0("log_e_", p)]] <- log(e1)
  d[[paste0("log_k_", p)]] <- log(k1)
}
`;

/** R orders the factors of an interaction by first appearance, we as the form does. */
export const unordered = (name: string): string => name.split(":").sort().join(":");
