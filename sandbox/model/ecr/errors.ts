/** A refusal in AWS's words: the error's name and message, as the operation answers them. */
export class EcrError extends Error {
  override name = 'EcrError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
