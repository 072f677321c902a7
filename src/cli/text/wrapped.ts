const WIDTH = 78;

/** Breaks a paragraph at spaces, indented by two. */
export function wrapped(line: string): string[] {
  const lines: string[] = [];
  let at = " ";
  for (const word of line.split(" ")) {
    if (at.length + 1 + word.length > WIDTH && at.trim() !== "") {
      lines.push(at);
      at = " ";
    }
    at += ` ${word}`;
  }
  return [...lines, at.trimEnd()];
}
