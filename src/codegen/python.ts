/** Characters of a line of code, as far as comments go. */
const WIDTH = 116;
const LONGEST = 300;

/**
 * Somebody else's words on one line: line ends, controls, and what reorders or hides text become spaces. Only for
 * comments, where Python reads nothing but the end of the line.
 */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Cn}\p{Co}\s]+/gu, " ").trim();
  const characters = [...line];
  return characters.length <= LONGEST ? line : `${characters.slice(0, LONGEST - 1).join("")}…`;
}

/** Sentences as comment lines, broken between words. */
export function comment(text: string): string[] {
  const lines: string[] = [];
  let line = "#";
  for (const word of oneLine(text).split(" ")) {
    if (line.length > 1 && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** `(0.485, 0.456, 0.406)` */
export const tuple = (values: readonly number[]): string => `(${values.join(", ")})`;

export const bool = (value: boolean): string => (value ? "True" : "False");

/** Lines of a file; an undefined one is left out. */
export const file = (lines: readonly (string | undefined)[]): string => `${lines.filter((line) => line !== undefined).join("\n")}\n`;
