import type { ComponentChildren } from "preact";

/** Text with **bold** stretches; everything else is taken as it is. */
function inline(text: string): ComponentChildren[] {
  return text.split(/\*\*([^*]+)\*\*/).map((piece, i) => (i % 2 === 1 ? <b key={i}>{piece}</b> : piece));
}

const ITEM = /^\s*[-*] /;

/**
 * Paragraphs, lists and bold, and nothing more: links, pictures and HTML stay the characters they are written with.
 * A line of `#` becomes a bold paragraph.
 */
export function Markdown({ text }: { text: string }) {
  const blocks = text.replaceAll("\r\n", "\n").split(/\n\s*\n/).map((block) => block.split("\n").filter((row) => row.trim() !== "")).filter((rows) => rows.length > 0);
  return <div class="account">{blocks.flatMap((rows, i) => parts(rows).map((part, j) => <Block key={`${i} ${j}`} rows={part} />))}</div>;
}

/** A list may follow its paragraph without an empty line. */
function parts(rows: string[]): string[][] {
  const at = rows.findIndex((row, i) => i > 0 && ITEM.test(row) !== ITEM.test(rows[0]!));
  return at < 0 || ITEM.test(rows[0]!) ? [rows] : [rows.slice(0, at), rows.slice(at)];
}

function Block({ rows }: { rows: string[] }) {
  if (ITEM.test(rows[0]!)) {
    // A line without a mark goes on with the item above it.
    const items = rows.reduce<string[]>((done, row) => (ITEM.test(row) ? [...done, row.replace(ITEM, "")] : [...done.slice(0, -1), `${done.at(-1) ?? ""} ${row.trim()}`]), []);
    return <ul>{items.map((item, i) => <li key={i}>{inline(item)}</li>)}</ul>;
  }
  const text = rows.join(" ");
  const head = /^#{1,6} (.*)$/.exec(text);
  return head === null ? <p>{inline(text)}</p> : <p><b>{head[1]}</b></p>;
}
