/** How a command ends: done, refused or failed, used or configured wrongly, or AWS could not be reached. */
export type Status = 0 | 1 | 2 | 3;

/** The end of a command, in words for whoever called it. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly status: Exclude<Status, 0>;
  constructor(status: Exclude<Status, 0>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What was asked for is not what the command line takes. */
export function usageError(message: string): CommandError {
  return new CommandError(2, message);
}
