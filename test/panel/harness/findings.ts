import axe from "axe-core";
import type { PanelPage } from "./browser.js";
import type { Theme } from "./themes.js";

/** From here on a page counts as wide, px. */
const WIDE = 1000;
const COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Serious and critical findings of axe, a line each. Axe is slow on long pages, so of a page in several themes and widths
 * it judges what can differ: everything in the dark theme, in the others the colours, once.
 */
export async function seriousFindings(panel: PanelPage, theme: Theme = "dark", width = WIDE): Promise<string[]> {
  if (theme !== "dark" && width < WIDE) return [];
  await panel.page.evaluate(axe.source);
  const { violations } = await panel.page.evaluate(
    (rules) => (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"], ...(rules === null ? {} : { runOnly: rules }) }),
    theme === "dark" ? null : COLOURS,
  );
  return violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join("; ")}`);
}

/** Elements whose text is wider than its box or reaches out of the window, as a short text each. */
export function cutOff(panel: PanelPage): Promise<string[]> {
  return panel.page.evaluate(() =>
    [...document.querySelectorAll("main *")].flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      // What a frame clips is not seen beyond it.
      const scrolls = element.closest(".scroll, .hidden, [clip-path]") !== null;
      const out = width > 0 && !scrolls && (left < -1 || right > innerWidth + 1);
      return out ? [`${element.tagName}.${element.getAttribute("class") ?? ""} ${(element.textContent ?? "").slice(0, 40)}`] : [];
    }),
  );
}
