import { t } from "../../shared/l10n.js";
import type { Both, Says } from "../types.js";

/** Text that is no Markdown: names and sources come from files. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]()<>#+!|~&$-]/g, "\\$&").replace(/\s+/g, " ");

/** VS Code sets no space between columns. */
const GAP = "&emsp;";

/** The first column stands left, the others are figures and stand right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => (column === 0 || cell === "" ? cell : `${GAP}${cell}`)).join(" | ")} |`;
  return [line(header), `|${header.map((_, column) => (column === 0 ? "---" : "--:")).join("|")}|`, ...rows.map(line)].join("\n");
}

export const paragraphs = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== "").join("\n\n");

/** Who says the numbers above: device, resolution and source of both predictors. */
export function whoSays({ accuracy, latency }: Both<Says>): string {
  const device = latency.device ?? t("a device that its predictor does not name");
  return paragraphs(
    t("Predicted, not measured; 95 % intervals. Latency on {0} at {1} px.", plain(device), latency.resolution),
    accuracy.source === latency.source
      ? t("Source of both predictors: {0}", plain(accuracy.source))
      : t("Source of accuracy: {0}; of latency: {1}", plain(accuracy.source), plain(latency.source)),
  );
}
