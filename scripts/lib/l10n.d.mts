export const LANGUAGES: readonly ("de" | "ja")[];
export function bundleOf(language: string): Record<string, string>;
export function manifestTexts(language: string): Record<string, string>;
export function extractedTexts(): { texts: Map<string, string[]>; notLiteral: string[] };
export function manifestKeys(): string[];
export function placeholders(text: string): string[];
export function gapsOf(language: string, texts?: Map<string, string[]>): Record<"missing" | "stale" | "placeholders" | "missingKeys" | "staleKeys", string[]>;
