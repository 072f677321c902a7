import { readFileSync } from "node:fs";

/**
 * Sums of one vitest run from its JSON report. A test file that failed before its first test counts as one failure,
 * and so does a run that ended badly without saying where.
 */
export function countsOf(reportFile, exitCode) {
  let report;
  try {
    report = JSON.parse(readFileSync(reportFile, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // vitest did not get as far as a report
  }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
