import type { TaskLogs } from '../../lib/ports/task-logs.ts';

/** Logs in memory: the lines of a stream by its name. */
export interface FakeTaskLogs extends TaskLogs {
  streams: Map<string, string[]>;
}

/** Fake logs of tasks. */
export function fakeTaskLogs(): FakeTaskLogs {
  const streams = new Map<string, string[]>();
  return {
    streams,
    last: async ({ stream }, lines) => (streams.get(stream) ?? []).slice(-lines),
  };
}
