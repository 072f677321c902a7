/** Defaults of VS Code's own themes (Modern dark and light, high contrast) for the variables the panel uses. */
export const THEMES = {
  dark: {
    class: "vscode-dark",
    variables: {
      "editor-background": "#1f1f1f", foreground: "#cccccc", descriptionForeground: "#9d9d9d", "panel-border": "#2b2b2b",
      "widget-border": "#313131", "charts-blue": "#3794ff", "charts-orange": "#d18616", "charts-green": "#89d185",
      focusBorder: "#0078d4", "textLink-foreground": "#4daafc", errorForeground: "#f85149", "editorWarning-foreground": "#cca700",
      "button-background": "#0078d4", "button-foreground": "#ffffff", "button-hoverBackground": "#026ec1", "button-border": "#ffffff12",
      "button-secondaryBackground": "#313131", "button-secondaryForeground": "#cccccc", "button-secondaryHoverBackground": "#3c3c3c",
      "input-background": "#313131", "input-foreground": "#cccccc", "settings-dropdownBorder": "#3c3c3c", "dropdown-border": "#3c3c3c",
    },
  },
  light: {
    class: "vscode-light",
    variables: {
      "editor-background": "#ffffff", foreground: "#3b3b3b", descriptionForeground: "#3b3b3b", "panel-border": "#e5e5e5",
      "widget-border": "#e5e5e5", "charts-blue": "#1a85ff", "charts-orange": "#d18616", "charts-green": "#388a34",
      focusBorder: "#005fb8", "textLink-foreground": "#005fb8", errorForeground: "#c72e0f", "editorWarning-foreground": "#bf8803",
      "button-background": "#005fb8", "button-foreground": "#ffffff", "button-hoverBackground": "#0258a8", "button-border": "#0000001a",
      "button-secondaryBackground": "#e5e5e5", "button-secondaryForeground": "#3b3b3b", "button-secondaryHoverBackground": "#cccccc",
      "input-background": "#ffffff", "input-foreground": "#3b3b3b", "settings-dropdownBorder": "#cecece", "dropdown-border": "#cecece",
    },
  },
  contrast: {
    class: "vscode-high-contrast",
    variables: {
      "editor-background": "#000000", foreground: "#ffffff", descriptionForeground: "#ffffffb3", "contrastBorder": "#6fc3df",
      "contrastActiveBorder": "#f38518", "charts-blue": "#3794ff", "charts-orange": "#ab5a00", "charts-green": "#89d185",
      focusBorder: "#f38518", "textLink-foreground": "#21a6ff", errorForeground: "#f48771", "editorWarning-foreground": "#ffd370",
      "button-foreground": "#ffffff", "button-border": "#6fc3df", "button-secondaryForeground": "#ffffff",
      "input-background": "#000000", "input-foreground": "#ffffff", "settings-dropdownBorder": "#6fc3df", "dropdown-border": "#6fc3df",
    },
  },
  contrastLight: {
    class: "vscode-high-contrast-light vscode-high-contrast",
    variables: {
      "editor-background": "#ffffff", foreground: "#292929", descriptionForeground: "#292929b3", "contrastBorder": "#0f4a85",
      "contrastActiveBorder": "#006bbd", "charts-blue": "#1a85ff", "charts-orange": "#0f4a85", "charts-green": "#374e06",
      focusBorder: "#006bbd", "textLink-foreground": "#0f4a85", errorForeground: "#b5200d", "editorWarning-foreground": "#895503",
      "button-background": "#0f4a85", "button-foreground": "#ffffff", "button-hoverBackground": "#0f4a85", "button-border": "#0f4a85",
      "button-secondaryBackground": "#ffffff", "button-secondaryForeground": "#292929",
      "input-background": "#ffffff", "input-foreground": "#292929", "settings-dropdownBorder": "#0f4a85", "dropdown-border": "#0f4a85",
    },
  },
} as const;
export type Theme = keyof typeof THEMES;
