/** One AWS call as the server saw it. Times are real, for they measure what a caller waited. */
export interface CallRecord {
  service: string;
  operation: string;
  input: unknown;
  /** The function that called, or the access key of anyone else. */
  caller: string;
  startedMs: number;
  endedMs: number;
  /** The code of the error that was answered. */
  error?: string;
}
