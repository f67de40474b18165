/** A refusal in AWS's words: the error's name and message, as the operation answers them. */
export class EcsError extends Error {
  override name = 'EcsError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function clusterNotFound(): EcsError {
  return new EcsError('ClusterNotFoundException', 'Cluster not found.');
}

export function clientError(message: string): EcsError {
  return new EcsError('ClientException', message);
}

export function invalid(message: string): EcsError {
  return new EcsError('InvalidParameterException', message);
}

export function unsupported(message: string): EcsError {
  return new EcsError('UnsupportedFeatureException', message);
}
