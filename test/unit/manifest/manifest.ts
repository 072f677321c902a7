import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

interface Setting {
  order?: number;
  type: string | string[];
  markdownDescription: string;
}

/** JSON schema, as far as the tools' inputs use it. */
export interface FieldSchema {
  type: "string" | "number" | "integer" | "boolean";
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  enum?: string[];
}

interface Manifest {
  contributes: {
    commands: { command: string; title: string; icon?: string }[];
    configuration: { properties: Record<string, Setting> };
    languageModelTools: { name: string; tags: string[]; toolReferenceName: string; inputSchema: { properties: Record<string, FieldSchema>; required?: string[] } }[];
    problemMatchers: { name: string; pattern: { regexp: string; file: number; line: number; column: number; severity: number; message: number } }[];
    taskDefinitions: { type: string; properties: Record<string, unknown> }[];
    viewsWelcome: { view: string; contents: string; when?: string }[];
    walkthroughs: { id: string; steps: { id: string; description: string; completionEvents: string[]; media: { image: Record<"dark" | "light" | "hc" | "hcLight", string>; altText: string } }[] }[];
  };
}

export const manifest = JSON.parse(read("package.json")) as Manifest;
const texts = JSON.parse(read("package.nls.json")) as Record<string, string>;

/** The English text of a `%key%`. */
export function english(text: string): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  const found = key === undefined ? undefined : texts[key];
  if (found === undefined) throw new Error(`package.nls.json has no text for ${text}`);
  return found;
}
