import { basename } from "node:path";
import { reportHtml } from "../../pictures/report/report.js";
import type { Explanation } from "../../shared/explanation.js";
import { dateText } from "../../shared/format.js";
import { programVersion, readReportCss, writeOutput } from "../files.js";

/** Writes the report of an explanation. @throws InputError where the file cannot be written */
export async function writeReport(out: string, explanation: Explanation, title: string): Promise<{ path: string; bytes: number }> {
  const options = { title: basename(title), date: dateText(new Date()), version: programVersion(), css: await readReportCss() };
  return writeOutput(out, reportHtml(explanation, options));
}
