import { readFileSync } from "node:fs";

/**
 * Sums of one vitest run from its JSON report, over the files that are not left out. A test file that failed before its
 * first test counts as one failure, and so does a run that ended badly without saying where.
 */
export function countsOf(reportFile, exitCode, leftOut = []) {
  const report = read(reportFile);
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const files = report.testResults.filter((file) => !leftOut.includes(file.name));
  const tests = files.flatMap((file) => file.assertionResults);
  const count = (...states) => tests.filter(({ status }) => states.includes(status)).length;
  const failed = count("failed") + files.filter(isBroken).length;
  return {
    passed: count("passed"),
    failed: failed === 0 && exitCode !== 0 && leftOut.length === 0 ? 1 : failed,
    skipped: count("pending", "skipped", "todo"),
  };
}

/** The files that failed in a run, and the full names of their tests that did; none where there is no report. */
export function failuresOf(reportFile) {
  const failed = (read(reportFile)?.testResults ?? []).filter((file) => file.status === "failed");
  return {
    files: failed.map((file) => file.name),
    tests: failed.flatMap((file) => file.assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => fullName)),
  };
}

const isBroken = (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed");

function read(reportFile) {
  try {
    return JSON.parse(readFileSync(reportFile, "utf8"));
  } catch {
    return undefined; // vitest did not get as far as a report
  }
}
