// Runs a TypeScript script of this repository: bundles it with esbuild, then runs it.
//
//   node scripts/run-ts.mjs scripts/predictors.ts ARGUMENTS…
import { mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

const [entry, ...rest] = process.argv.slice(2);
if (!entry) {
  console.error("usage: node scripts/run-ts.mjs FILE.ts ARGUMENTS…");
  process.exit(2);
}
const outfile = path.join(root, "dist", "scripts", `${path.basename(entry, ".ts")}.mjs`);
mkdirSync(path.dirname(outfile), { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  // Its ES modules name their files as only bundlers find them.
  alias: { "jsonc-parser": path.join(root, "node_modules", "jsonc-parser") },
  sourcemap: "inline",
  logLevel: "warning",
});
// The caller's folder stays the working directory: arguments may name files relative to it.
process.exitCode = await run(process.execPath, ["--enable-source-maps", outfile, ...rest], {
  stdio: "inherit",
  env: { ...process.env, FOXNAS_ROOT: root },
});
