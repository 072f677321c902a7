// `npm run demo`: from a fresh clone to an architecture for a Raspberry Pi 4 within 120 ms, in the terminal.
import { existsSync } from "node:fs";
import path from "node:path";
import { installPackages } from "./lib/install.mjs";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";

const config = "foxnas-cpu-256px-120ms.foxnas.json";
const search = [
  "dist/cli.js",
  "search",
  ...["--space", "foxnas-cpu"],
  ...["--accuracy", "foxnas-cpu-256-accuracy", "--latency", "foxnas-cpu-256-latency-pi4"],
  ...["--budget", "120", "--seed", "42", "--out", config],
];

async function step(...args) {
  const code = await run(process.execPath, args, { cwd: root });
  if (code !== 0) process.exit(code);
}

installPackages();
console.log("Building …");
await step("scripts/build.mjs", "--production");
console.log(`\n$ node ${search.join(" ")}\n`);
await step(...search);
if (!existsSync(path.join(root, config))) throw new Error(`The search ended well but wrote no ${config}.`);
console.log(`
The architecture config is in ${path.join(root, config)}

What next
  npm run vscode                                  the same in a real VS Code, live, in your browser
  node dist/cli.js search --help                  other budgets, spaces and predictors
  node dist/cli.js export --config ${config} --format yaml --out foxnas.yaml
  npm test                                        everything above, proved`);
