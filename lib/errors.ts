/** A fault that no repetition mends: a malformed event, a bad setting, a call that AWS refuses for good. */
export class PermanentError extends Error {
  override name = 'PermanentError';
}

/** AWS answered that this call can never succeed as it is: access denied, invalid parameter. `code` is AWS's error name. */
export class RefusedError extends PermanentError {
  override name = 'RefusedError';
  readonly code: string;
  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Something that was named does not exist: a cluster, a repository, an image, a revision. */
export class MissingError extends PermanentError {
  override name = 'MissingError';
  readonly what: 'cluster' | 'service' | 'repository' | 'image' | 'task definition' | 'function';
  constructor(what: MissingError['what'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.what = what;
  }
}

/** Worth trying again: throttled, timed out, a fault of the network or of AWS. */
export class TransientError extends Error {
  override name = 'TransientError';
}
