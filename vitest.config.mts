import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests of pure code run side by side; tests that start processes run one file at a time, since they share two cores. */
export default defineConfig({
  test: {
    projects: [
      {
        // `.tsx` tests of the panel draw with preact's jsx.
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: {
          name: "pure",
          include: ["test/unit/**/*.test.ts", "test/panel/**/*.test.{ts,tsx}"],
          testTimeout: 120_000,
          // Vitest would leave one core to itself, and half of this waits for a browser.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "process",
          include: ["test/worker/**/*.test.ts", "test/cli/**/*.test.ts", "test/kit/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
