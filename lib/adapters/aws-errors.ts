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
  'EC2ThrottledException',
  'ExpiredToken',
  'ExpiredTokenException',
  'InternalErrorException',
  'InternalServerError',
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

function translate(error: unknown, tried: string): unknown {
  if (!(error instanceof Error) || error instanceof PermanentError || error instanceof TransientError) return error;
  const message = `${tried}: ${error.name}: ${error.message}`;
  const what = missing[error.name];
  if (what !== undefined) return new MissingError(what, message, { cause: error });
  const status = statusOf(error);
  if (transient.has(error.name) || isNetworkFault(error) || status === 429 || (status !== undefined && status >= 500)) {
    return new TransientError(message, { cause: error });
  }
  // Without a status AWS did not answer at all: a fault of our own, which is to be seen as it is.
  return status === undefined ? error : new RefusedError(message, error.name, { cause: error });
}

function statusOf(error: Error): number | undefined {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}

/** Node's own errors of sockets and name resolution carry a code such as ECONNRESET and a system call. */
function isNetworkFault(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^E[A-Z_]+$/.test(code) && !code.startsWith('ERR_');
}
