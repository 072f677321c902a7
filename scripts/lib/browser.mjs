import path from "node:path";
import { root } from "./paths.mjs";

const shim = (name) => path.join(root, "webview-ui", "shims", name);

/** How esbuild bundles the panel: for Chromium of VS Code 1.100, the oldest we support (engines.vscode). */
export const browser = {
  platform: "browser",
  format: "iife",
  target: "chrome132",
  jsx: "automatic",
  jsxImportSource: "preact",
  // The policy of a webview refuses code made from text.
  alias: {
    "@stdlib/math-base-tools-evalpoly": shim("evalpoly.cjs"),
    "@stdlib/assert-has-generator-support": shim("generators.cjs"),
  },
};
