/** The colours a canvas needs; SVG and HTML take them from the style sheet. */
export interface Colours {
  accuracy: string;
  current: string;
  latency: string;
  optimum: string;
  text: string;
  grid: string;
  font: string;
}

/** Reads the theme's colours off the page (custom properties of theme.css). */
export function readColours(): Colours {
  const style = getComputedStyle(document.body);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    accuracy: of("--accuracy"),
    current: of("--accuracy-soft"),
    latency: of("--latency"),
    optimum: of("--good"),
    text: of("--dim"),
    grid: of("--grid"),
    font: style.fontFamily,
  };
}

/** Calls back after the person changed the theme. @returns stops watching */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-kind"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
