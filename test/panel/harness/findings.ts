import axe from "axe-core";
import type { PanelPage } from "./browser.js";

/** Serious and critical findings of axe, a line each. */
export async function seriousFindings(panel: PanelPage): Promise<string[]> {
  await panel.page.evaluate(axe.source);
  const { violations } = await panel.page.evaluate(
    () => (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"] }),
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
