/** A table in Markdown; the first `words` columns stand left, the others right. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[], words = 1): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, i) => (i < words ? "---" : "---:"))), ...rows.map(line)];
}

/** File names and sources are other people's text: no markup, no table borders, no lines of their own. */
export const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, "\\$&").replaceAll(/\s+/g, " ");
