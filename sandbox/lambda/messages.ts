/** What a worker is started with. */
export interface WorkerSettings {
  /** Milliseconds of sandbox time, kept up to date by the host. */
  time: Float64Array;
  codeFolder: string;
  handler: string;
  logFormat: 'JSON' | 'Text';
  logLevel: string;
}

/** The host asks a worker to handle an event. */
export interface Invocation {
  requestId: string;
  event: unknown;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  timeoutMs: number;
  logGroup: string;
  logStream: string;
}

/** An error as Lambda tells it to the caller. */
export interface InvocationError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** What a worker tells its host. */
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'failed-to-start'; error: InvocationError }
  | { kind: 'log'; line: string; level: string }
  | { kind: 'returned'; requestId: string; payload: string }
  | { kind: 'threw'; requestId: string; error: InvocationError };
