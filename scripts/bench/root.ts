/** The repository's root. scripts/run-ts.mjs says it, since this file runs from a bundle. */
export const root = process.env["FOXNAS_ROOT"] ?? process.cwd();
