import { getDotPath, type BaseIssue } from "valibot";

/** Where and how a value fails its schema, in a line. */
export function describeIssues(issues: [BaseIssue<unknown>, ...BaseIssue<unknown>[]]): string {
  const [issue] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return `${getDotPath(issue) ?? "message"}: ${issue.message}${more}`.slice(0, 500);
}
