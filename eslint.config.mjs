import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Rooms that a room's files may not import, beside what its tsconfig already makes a compile error. */
function room(files, forbidden) {
  return {
    files,
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: forbidden.map(({ regex, message }) => ({ regex, message })) },
      ],
    },
  };
}

const node = { regex: "^(node:|(fs|path|os|child_process|process|worker_threads|url|crypto)$)", message: "This room has no Node.js: it also runs where there is none." };
const vscode = { regex: "^vscode$", message: "Only src/host imports vscode." };
const onnxruntime = { regex: "^onnxruntime", message: "Only src/worker loads onnxruntime: it can take its process down." };
const engine = { regex: "^(\\.\\./)+(src/)?engine/", message: "Only the worker computes: ask it for a job." };
const programs = { regex: "^(\\.\\./)+(src/)?(host|cli|worker)/", message: "Arrows point one way: host, cli and worker are programs, nobody imports them." };
const panel = { regex: "^(\\.\\./)+webview-ui/", message: "The panel is a program of its own: only src/shared crosses its border." };
const runs = { regex: "^(\\.\\./)+(src/)?runs/", message: "This room knows no processes and no files." };
const shared = { regex: "^(\\.\\./)+(src/)?shared/", message: "The engine is mathematics alone." };

// One file stands between the panel and the deprecated toolkit, so that it can be replaced in an hour.
const toolkit = { regex: "^@vscode/webview-ui-toolkit", message: "Use ./controls.js: the toolkit is deprecated and must stay replaceable." };
const aroundPanel = [node, vscode, onnxruntime, { ...programs, regex: "^(\\.\\./)+(src/)?(host|cli|worker)/" }, runs];
const pictures = { regex: "^(\\.\\./)+(src/)?pictures/", message: "Pictures are made last: by the panel, the command line and the report." };
// Pictures are drawn to text as well, where there is no page.
const PAGE = ["document", "window", "navigator", "getComputedStyle", "ResizeObserver", "requestAnimationFrame"];

export default defineConfig(
  { ignores: ["dist/", ".types/", "node_modules/", "test/e2e/vscode-server/", "test-results/"] },
  {
    files: ["**/*.{ts,tsx,mts}"],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["vitest.config.mts", "test/e2e/vitest.config.mts"] }, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-console": "off",
      "prefer-const": "error",
      "max-lines": ["error", { max: 350 }],
      "@typescript-eslint/no-explicit-any": "error",
      // Numeric code indexes arrays whose bounds it has just set; noUncheckedIndexedAccess makes it say so with `!`.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-namespace": ["error", { allowDeclarations: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}", "webview-ui/**/*.{ts,tsx}"],
    rules: { "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Markup takes lines that code does not.
    files: ["webview-ui/**/*.tsx", "src/pictures/**/*.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  room(["src/engine/**"], [node, vscode, onnxruntime, programs, panel, runs, shared, pictures]),
  room(["src/onnx/**"], [node, vscode, onnxruntime, programs, panel, runs, ...[shared, engine].map(({ regex }) => ({ regex, message: "The model writer stands alone." }))]),
  room(["src/shared/**"], [node, vscode, onnxruntime, programs, panel, runs, engine, pictures]),
  room(["src/codegen/**"], [node, vscode, onnxruntime, programs, panel, runs, engine, pictures]),
  room(["src/editor/**"], [node, vscode, onnxruntime, programs, panel, runs, pictures]),
  room(["src/pictures/**"], [node, vscode, onnxruntime, programs, panel, runs, engine]),
  { files: ["src/pictures/**"], rules: { "no-restricted-globals": ["error", ...PAGE] } },
  room(["src/runs/**"], [vscode, onnxruntime, programs, panel, engine]),
  room(["src/worker/**"], [vscode, { ...programs, regex: "^(\\.\\./)+(src/)?(host|cli)/" }, panel]),
  room(["src/cli/**"], [vscode, onnxruntime, { ...programs, regex: "^(\\.\\./)+(src/)?(host|worker)/" }, panel, engine]),
  room(["src/host/**"], [onnxruntime, { ...programs, regex: "^(\\.\\./)+(src/)?(cli|worker)/" }, panel, engine]),
  room(["webview-ui/**"], [...aroundPanel, toolkit]),
  room(["webview-ui/controls.tsx"], aroundPanel),
  {
    files: ["**/*.{js,mjs,cjs}"],
    extends: [tseslint.configs.recommended],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
