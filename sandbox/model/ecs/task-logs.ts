import type { Container, Task } from './task.ts';

/** Where tasks write their logs: CloudWatch Logs, by group and stream. */
export interface LogWriter {
  write: (group: string, stream: string, line: string) => void;
}

/** Writes a line for a container that has awslogs options: the stream is `<prefix>/<container>/<task id>`, else the container's own id. */
export function writeLog(logs: LogWriter | undefined, task: Task, { specification, runtimeId }: Container, lines: readonly string[]): void {
  const { log, name } = specification;
  if (logs === undefined || log === undefined) return;
  const stream = log.prefix === undefined ? (runtimeId ?? task.id) : `${log.prefix}/${name}/${task.id}`;
  for (const line of lines) logs.write(log.group, stream, line);
}

/** What an application says before it crashes. */
export function lastWords(exitCode: number): string[] {
  return [
    'Loading configuration',
    'Error: connection to the database was refused',
    '    at connect (/app/database.js:41:11)',
    '    at main (/app/server.js:12:3)',
    `Exiting with code ${exitCode}`,
  ];
}
