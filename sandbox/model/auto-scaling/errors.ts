/** A refusal of Application Auto Scaling, by AWS's name for it. */
export class AutoScalingError extends Error {
  override name = 'AutoScalingError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
