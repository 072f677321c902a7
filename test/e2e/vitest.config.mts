import { defineConfig } from "vitest/config";

/** The end-to-end tests: one real VS Code at a time. Started by scripts/e2e.mjs, which packages and installs first. */
export default defineConfig({
  test: {
    include: ["test/e2e/specs/**/*.e2e.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 180_000,
  },
});
