// Bundles the four programs of the house, and the style sheet of its reports, with esbuild.
//
//   node scripts/build.mjs [--watch] [--production] [--metafile]
//
// An entry whose source does not exist is skipped, loudly. Sizes are printed after every build.
import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { context } from "esbuild";
import { browser } from "./lib/browser.mjs";
import { root } from "./lib/paths.mjs";

const { values: flags } = parseArgs({
  options: { watch: { type: "boolean" }, production: { type: "boolean" }, metafile: { type: "boolean" } },
});

const node = { platform: "node", format: "cjs", target: "node20" };

const bundles = [
  { name: "extension", entry: "src/host/extension.ts", options: { ...node, external: ["vscode"] } },
  {
    name: "worker",
    entry: "src/worker/main.ts",
    // The JPEG decoder asks for its own address, which it does not need: it is given its WebAssembly.
    options: { ...node, external: ["onnxruntime-node"], logOverride: { "empty-import-meta": "silent" } },
  },
  { name: "cli", entry: "src/cli/main.ts", options: { ...node, banner: { js: "#!/usr/bin/env node" } } },
  { name: "panel", entry: "webview-ui/main.tsx", options: browser },
  // The report's style sheet: host and command line read it from dist and pass it on as text.
  { name: "report", entry: "src/pictures/report/report.css", options: {} },
  // A comparison's page has no script: a style sheet is all it loads.
  { name: "comparison", entry: "src/pictures/comparison/comparison.css", options: {} },
];

/** What the worker loads from beside itself. */
const copies = ["node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"];

const kB = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;

function report(name, result) {
  for (const file of Object.keys(result.metafile.outputs)) {
    if (file.endsWith(".map")) continue;
    const full = path.join(root, file);
    console.log(`  ${file.padEnd(20)} ${kB(statSync(full).size).padStart(10)}  gzip ${kB(gzipSync(readFileSync(full)).length).padStart(9)}`);
  }
  if (flags.metafile) writeFileSync(path.join(root, "dist", `${name}.meta.json`), JSON.stringify(result.metafile));
}

mkdirSync(path.join(root, "dist"), { recursive: true });
for (const file of copies) copyFileSync(path.join(root, file), path.join(root, "dist", path.basename(file)));
let failed = false;
for (const { name, entry, options } of bundles) {
  if (!existsSync(path.join(root, entry))) {
    console.warn(`  !! ${name}: ${entry} does not exist, so dist/${name}.js is NOT built`);
    continue;
  }
  const job = await context({
    absWorkingDir: root,
    entryPoints: { [name]: entry },
    outdir: "dist",
    bundle: true,
    metafile: true,
    minify: flags.production ?? false,
    // A development map only: production ships none.
    sourcemap: flags.production ? false : "linked",
    legalComments: "none",
    logLevel: "warning",
    define: { "process.env.NODE_ENV": flags.production ? '"production"' : '"development"' },
    ...options,
    plugins: [{ name: "sizes", setup: (build) => build.onEnd((result) => void (result.errors.length || report(name, result))) }],
  });
  if (flags.watch) {
    await job.watch();
    continue;
  }
  await job.rebuild().catch(() => {
    failed = true; // esbuild has printed why
  });
  await job.dispose();
}
if (flags.watch) console.log("watching; Ctrl-C ends");
if (failed) process.exitCode = 1;
