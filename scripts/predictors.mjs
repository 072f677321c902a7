// Fits the built-in predictors to the published samples, shows every form's cross-validated error beside the
// published form's, and writes the best into media/predictors/, with the diagnostics but not the samples themselves.
//
//   npm run predictors -- ../shared/data/foxnas-cpu-256.csv [--check]
//
// --check compares with the files that are there and writes nothing.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { installPackages } from "./lib/install.mjs";
import { root } from "./lib/paths.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { check: { type: "boolean" } } });
const [samples] = positionals;
if (samples === undefined) {
  console.error("usage: npm run predictors -- SAMPLES.csv [--check]");
  process.exit(2);
}

const SOURCE =
  "FOX-NAS (Liu et al., ICCV Workshops 2021, arXiv 2108.08189), 300 published samples of FOX-NAS-CPU at 256 px, fitted by this project (npm run predictors)";
const DEVICE = "Raspberry Pi 4, CPU, int8";
const TARGETS = [
  {
    target: "accuracy",
    id: "foxnas-cpu-256-accuracy",
    title: "ImageNet top-1, published supernet, 256 px",
    forms: ["published", "log-saturating", "depth-log-saturating"],
  },
  {
    target: "latency",
    id: "foxnas-cpu-256-latency-pi4",
    title: "Raspberry Pi 4 CPU, int8, 256 px",
    forms: ["published", "sums"],
  },
];

/** Numbers of a list, and each flat object of a list, on one line. */
const compact = (json) =>
  json.replaceAll(/(?<=\n +)\{[^{}]*\}/g, (item) => item.replaceAll(/\n +/g, " ")).replaceAll(/\n +(?=-?\d)/g, " ");

installPackages();
execFileSync(process.execPath, [path.join(root, "scripts/build.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
const scratch = mkdtempSync(path.join(tmpdir(), "foxnas-predictors-"));
let differs = false;
for (const { target, id, title, forms } of TARGETS) {
  const fits = forms.map((form) => {
    const out = path.join(scratch, `${target}-${form}.predictor.json`);
    const flags = ["--samples", samples, "--space", "foxnas-cpu", "--target", target, "--form", form, "--out", out];
    const cli = [path.join(root, "dist", "cli.js"), "fit", ...flags, "--device", DEVICE, "--resolution", "256", "--seed", "1", "--json"];
    return { form, out, fit: JSON.parse(execFileSync(process.execPath, cli, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })) };
  });
  const best = fits.reduce((a, b) => (b.fit.crossValidation.rmse < a.fit.crossValidation.rmse ? b : a));
  const unit = target === "accuracy" ? "pp" : "ms";
  console.log(`${target}: 10 x 10-fold cross-validation on ${best.fit.n} samples`);
  for (const row of fits) {
    const { rmse, mae, kendallTau } = row.fit.crossValidation;
    const figures = `RMSE ${rmse.toFixed(3)} ${unit}  MAE ${mae.toFixed(3)} ${unit}  tau ${kendallTau.toFixed(3)}  R2 ${row.fit.r2.toFixed(4)}`;
    console.log(`  ${row.form.padEnd(22)} ${String(row.fit.terms.length - 1).padStart(3)} terms  ${figures}${row === best ? "  <- built in" : ""}`);
  }
  const { version, ...rest } = JSON.parse(readFileSync(best.out, "utf8"));
  delete rest.fit.diagnostics.points;
  const text = `${compact(JSON.stringify({ version, title, ...rest, source: SOURCE }, null, 1))}\n`;
  const file = path.join(root, "media", "predictors", `${id}.predictor.json`);
  if (values.check) {
    const same = readFileSync(file, "utf8") === text;
    differs ||= !same;
    console.log(`  ${path.relative(root, file)}: ${same ? "the same bytes" : "DIFFERS"}`);
  } else {
    writeFileSync(file, text);
    console.log(`  wrote ${path.relative(root, file)}`);
  }
}
rmSync(scratch, { recursive: true });
process.exit(differs ? 1 : 0);
