/** What a worker is started with. */
export interface WorkerSettings {
  /** Milliseconds of sandbox time, kept up to date by the host. */
  time: Float64Array;
  codeFolder: string;
  handler: string;
  logFormat: 'JSON' | 'Text';
  logLevel: string;
  /** Whether its calls go in turn; otherwise as they come. */
  inTurn: boolean;
}

/** An event that a worker is to handle. */
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

/** What a host tells its worker: to handle an event, or to let its next call through, or to go on without the answer to it. */
export type HostMessage = { kind: 'invoke'; invocation: Invocation } | { kind: 'go' } | { kind: 'no-answer' };

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
  | { kind: 'waits' }
  | { kind: 'overslept' }
  | { kind: 'log'; line: string; level: string }
  | { kind: 'returned'; requestId: string; payload: string }
  | { kind: 'threw'; requestId: string; error: InvocationError };
