/** A pattern that EventBridge would not take; the message says where and why. */
export class PatternError extends Error {
  override name = 'PatternError';
}
