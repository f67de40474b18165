import type { LogStream } from '../domain/evidence.ts';

/** What containers wrote. */
export interface TaskLogs {
  /** The last lines of a stream, oldest first, as they were written; empty where there are none. Throws RefusedError where they may not be read. */
  last(stream: LogStream, lines: number): Promise<string[]>;
}
