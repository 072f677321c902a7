import { quoted, SupernetError } from "./errors.js";

/** What JSON text holds. Objects are maps, so that a name like `__proto__` is a name like any other. */
export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>;

/** A safetensors header needs three. */
const DEEPEST = 8;

/**
 * JSON of a stranger's file: JSON.parse keeps the last of two equal names, where a file that says two things must be
 * refused, and takes any depth.
 * @param what for the message
 * @throws SupernetError for text that is no JSON, names twice, or nesting deeper than eight
 */
export function parseJson(text: string, what: string): Json {
  return new Parser(text, what).whole();
}

class Parser {
  private at = 0;
  constructor(
    private readonly text: string,
    private readonly what: string,
  ) {}

  whole(): Json {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) throw this.error("more text after the end");
    return value;
  }

  private value(depth: number): Json {
    if (depth > DEEPEST) throw this.error(`nesting deeper than ${DEEPEST}`);
    this.space();
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth);
      case "[":
        return this.list(depth);
      case '"':
        return this.string();
      default:
        return this.word();
    }
  }

  private object(depth: number): Json {
    const made = new Map<string, Json>();
    this.at++;
    if (this.next("}")) return made;
    do {
      this.space();
      if (this.text[this.at] !== '"') throw this.error("no name");
      const name = this.string();
      if (made.has(name)) throw this.error(`the name ${quoted(name)} twice`);
      if (!this.next(":")) throw this.error("no colon after a name");
      made.set(name, this.value(depth + 1));
    } while (this.next(","));
    if (!this.next("}")) throw this.error("no end of an object");
    return made;
  }

  private list(depth: number): Json {
    const made: Json[] = [];
    this.at++;
    if (this.next("]")) return made;
    do made.push(this.value(depth + 1));
    while (this.next(","));
    if (!this.next("]")) throw this.error("no end of a list");
    return made;
  }

  private string(): string {
    const start = this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"') this.at += this.text[this.at] === "\\" ? 2 : 1;
    this.at++;
    return this.parsed(this.text.slice(start, this.at)) as string;
  }

  /** A number, true, false or null. */
  private word(): Json {
    const start = this.at;
    while (this.at < this.text.length && /[-+.\w]/.test(this.text[this.at]!)) this.at++;
    return this.parsed(this.text.slice(start, this.at));
  }

  private parsed(token: string): Json {
    try {
      return JSON.parse(token) as Json;
    } catch {
      throw this.error("no value");
    }
  }

  private next(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private space(): void {
    while (" \n\r\t".includes(this.text[this.at] ?? "x")) this.at++;
  }

  private error(found: string): SupernetError {
    return new SupernetError(`${this.what}: found ${found} near character ${this.at}, expected JSON.`);
  }
}
