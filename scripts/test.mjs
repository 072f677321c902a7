// `npm test`: installs what the tests need, then runs all of them. Last line: "N passed, N failed".
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { countsOf, failuresOf } from "./lib/counts.mjs";
import { installPackages } from "./lib/install.mjs";
import { root } from "./lib/paths.mjs";
import { installPrograms, missingPrograms } from "./lib/programs.mjs";
import { run } from "./lib/run.mjs";

const results = path.join(root, "test-results");
const total = { passed: 0, failed: 0, skipped: 0 };
const data = path.resolve(root, "../shared/data");
const env = { ...process.env, FOXNAS_DATA: process.env.FOXNAS_DATA ?? data };

const title = (text) => console.log(`\n── ${text}`);
const node = (...args) => run(process.execPath, args, { cwd: root, env });

/** A step that has no tests to count: a failure of it is one failure. */
async function check(name, ...args) {
  title(name);
  if ((await node(...args)) === 0) return true;
  console.error(`!! ${name} failed`);
  total.failed += 1;
  return false;
}

/** Runs tests that write a vitest report: where it is, and how the run ended. */
async function reported(name, script, ...args) {
  title(name);
  const report = path.join(results, `${path.basename(name.replaceAll(/\W+/g, "-").toLowerCase())}.json`);
  rmSync(report, { force: true });
  const code = await node(script, ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`);
  return [report, code];
}

function add(counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
}

/**
 * A window on a busy machine can miss what a hand would simply do again. So up to three files that failed run once more,
 * each in a new VS Code: what fails twice has failed, and what did not is named all the same.
 */
async function endToEnd() {
  const [report, code] = await reported("End to end", "scripts/e2e.mjs", "--");
  const first = failuresOf(report);
  if (first.files.length === 0 || first.files.length > 3) return add(countsOf(report, code));
  const [secondReport, secondCode] = await reported("End to end, second attempt", "scripts/e2e.mjs", "--no-package", "--", ...first.files);
  add(countsOf(report, code, first.files));
  add(countsOf(secondReport, secondCode));
  const second = failuresOf(secondReport);
  for (const test of first.tests.filter((name) => !second.tests.includes(name))) console.warn(`!! Passed only at the second attempt: ${test}`);
}

/** Tests that cannot run here are counted as skipped, by name, not passed over. */
function skipEndToEnd(missing) {
  const list = execFileSync(process.execPath, ["node_modules/vitest/vitest.mjs", "list", "--json", "--config", "test/e2e/vitest.config.mts"], {
    cwd: root,
    encoding: "utf8",
    env: { ...env, FOXNAS_ROOT: root },
  });
  const count = JSON.parse(list).length;
  total.skipped += count;
  console.warn(`!! ${count} end-to-end tests in real VS Code do NOT run: ${missing.map((program) => program.name).join(" and ")} missing.`);
}

title("Set-up");
installPackages();
installPrograms();
mkdirSync(results, { recursive: true });
if (!existsSync(env.FOXNAS_DATA)) console.warn(`!! The published samples are not in ${env.FOXNAS_DATA} (FOXNAS_DATA says where): tests on them do NOT run.`);

await check("Types", "node_modules/typescript/bin/tsc", "-b");
await check("Lint", "node_modules/eslint/bin/eslint.js", ".");
const built = await check("Build", "scripts/build.mjs");
add(countsOf(...(await reported("Unit, worker, panel and command line", "node_modules/vitest/vitest.mjs", "run"))));
title("End to end in real VS Code");
const missing = missingPrograms().filter((program) => program.endToEnd);
if (missing.length > 0) skipEndToEnd(missing);
else if (built) await endToEnd();

const { passed, failed, skipped } = total;
if (passed === 0) console.error("!! No test passed: that is a failure too.");
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
