import { masked } from '../domain/mask.ts';
import { MissingError, PermanentError, RefusedError, TransientError } from '../errors.ts';

/** Makes a call to AWS and puts what it throws into our words; `tried` is what was tried, on what. */
export async function calling<T>(tried: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(error, tried);
  }
}

const missing: Record<string, MissingError['what']> = {
  ClusterNotFoundException: 'cluster',
  ServiceNotFoundException: 'service',
  RepositoryNotFoundException: 'repository',
  ImageNotFoundException: 'image',
};

// Names, since AWS answers throttling with status 400 and models it nowhere; some services have a spelling of their own.
const transient = new Set([
  'BandwidthLimitExceeded',
  'ConcurrentUpdateException',
  'EC2ThrottledException',
  'ExpiredToken',
  'ExpiredTokenException',
  'InternalErrorException',
  'InternalServerError',
  'InternalServiceException',
  'KMSThrottlingException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServerException',
  'ServiceUnavailable',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
]);

/** What the SDK throws. Not `instanceof Error`: an error of a socket may come from another realm. */
interface Fault {
  name: string;
  message: string;
  /** Written by the SDK once it has attempted the call; without a status where AWS did not answer. */
  $metadata?: { httpStatusCode?: number };
}

function translate(error: unknown, tried: string): unknown {
  if (error instanceof PermanentError || !isFault(error)) return error;
  if (error instanceof TransientError) return new TransientError(`${tried}: ${error.message}`, { cause: error });
  if (error.$metadata === undefined || ours.has(error.name)) return error;
  error.message = masked(error.message); // AWS may quote what it was sent; the cause is logged as well.
  const message = `${tried}: ${error.name}: ${error.message}`;
  const what = missing[error.name];
  if (what !== undefined) return new MissingError(what, message, { cause: error });
  return isTransient(error) ? new TransientError(message, { cause: error }) : new RefusedError(message, error.name, { cause: error });
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'name' in error && 'message' in error;
}

/** Faults in the code of the product are to be seen as they are, even where they happen during a call. */
const ours = new Set(['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError']);

function isTransient({ name, message, $metadata: { httpStatusCode: status } = {} }: Fault): boolean {
  return transient.has(name) || status === undefined || status === 429 || status >= 500 || isCollision(name, message);
}

/** ECS has no name of its own for two copies of one family at once, as when services share it; the same call succeeds a moment later. */
function isCollision(name: string, message: string): boolean {
  return name === 'ClientException' && /too many concurrent attempts/i.test(message);
}
