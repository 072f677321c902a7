/** A supernet file, or a subnet of it, that cannot be used; the message says what, where, what was found and what was expected. */
export class SupernetError extends Error {
  override readonly name = "SupernetError";
}

/** A shape or a list for people: [16, 3, 3, 3]. */
export const listed = (numbers: readonly number[]): string => `[${numbers.join(", ")}]`;

/** A name out of a file, short enough for a message. */
export const quoted = (name: string): string => JSON.stringify(name.length <= 100 ? name : `${name.slice(0, 100)}…`);
