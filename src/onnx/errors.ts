/** An input from which no model can be written; the message says where, what was found and what was expected. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/** Refuses what is no integer in [low, high]. */
export function requireInteger(what: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new NetworkError(`${what}: found ${value}, expected a whole number from ${low} to ${high}.`);
  }
}

/** Refuses what is not among the choices. */
export function requireChoice(what: string, value: number, choices: readonly number[]): void {
  if (!choices.includes(value)) {
    throw new NetworkError(`${what}: found ${value}, expected ${choices.length > 1 ? "one of " : ""}${choices.join(", ")}.`);
  }
}
