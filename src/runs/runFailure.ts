/** An internal failure of a run: nothing the person did. Show `message`, offer `log` behind "Show Log". */
export class RunFailure extends Error {
  override readonly name = "RunFailure";
  /** @param log what the worker said last: its output, its log messages and the stack of the error */
  constructor(
    message: string,
    readonly log: string,
  ) {
    super(message);
  }
}
