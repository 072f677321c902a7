import type { CommonOptions } from "esbuild";

export declare const browser: Pick<CommonOptions, "platform" | "format" | "target" | "jsx" | "jsxImportSource"> & { alias: Record<string, string> };
