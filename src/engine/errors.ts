/** Keys from the root of an input to the part that is wrong, e.g. `["stages", 2, "blocks", 0, "expand"]`. */
export type Path = readonly (string | number)[];

/** An input the engine cannot work with. Whoever read the file adds its name and line. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  constructor(
    readonly what: string,
    readonly path: Path,
    readonly found?: string,
    readonly expected?: string,
    readonly next?: string,
  ) {
    super(what);
  }
}

/** Choices as a message lists them: `2, 3 or 4`. */
export function oneOf(choices: readonly (number | string)[]): string {
  if (choices.length < 2) return choices.join("");
  return `${choices.slice(0, -1).join(", ")} or ${choices[choices.length - 1]}`;
}
