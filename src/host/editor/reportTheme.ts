/** The report's colours inside VS Code: the theme's, as in the panel. Comes after the text of dist/report.css. */
export const REPORT_THEME = `
body[class*="vscode-"] {
  --accuracy: var(--vscode-charts-blue, #3794ff);
  --latency: var(--vscode-charts-orange, #d18616);
  --good: var(--vscode-charts-green, #89d185);
  --accuracy-text: var(--accuracy);
  --latency-text: var(--latency);
  --good-text: var(--good);
  --warn-text: var(--vscode-editorWarning-foreground, var(--fg));
  --fg: var(--vscode-foreground);
  --dim: var(--vscode-descriptionForeground);
  --bg: var(--vscode-editor-background);
  --line: var(--vscode-contrastBorder, var(--vscode-panel-border, var(--vscode-widget-border)));
  --link: var(--vscode-textLink-foreground);
  --focus: var(--vscode-focusBorder);
  padding: 0;
  font-family: var(--vscode-font-family, system-ui, sans-serif);
  font-size: var(--vscode-font-size, 13px);
}
body.vscode-dark { color-scheme: dark; }
body.vscode-light {
  color-scheme: light;
  --latency: color-mix(in srgb, var(--vscode-charts-orange, #d18616) 85%, #000);
  --accuracy-text: color-mix(in srgb, var(--accuracy) 72%, #000);
  --latency-text: color-mix(in srgb, var(--vscode-charts-orange, #d18616) 62%, #000);
  --good-text: color-mix(in srgb, var(--good) 80%, #000);
  --warn-text: color-mix(in srgb, var(--vscode-editorWarning-foreground, var(--fg)) 75%, #000);
}
body.vscode-high-contrast { color-scheme: dark; --latency: #ffa94d; --grid: color-mix(in srgb, var(--fg) 30%, transparent); }
body.vscode-high-contrast-light { color-scheme: light; --accuracy: #0f4a85; --latency: #9a4a00; }
`;
