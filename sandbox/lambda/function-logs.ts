import type { Guard } from '../iam/guard.ts';
import type { LogStore } from '../logs/store.ts';
import type { LambdaFunction } from './function.ts';

export interface FunctionLogsOptions {
  store: LogStore;
  guard: Guard;
  account: string;
  region: string;
}

/** Writes what an instance of a function logs to CloudWatch Logs: by the function's role, which is asked at its first line. */
export function logWriter(lambda: LambdaFunction, stream: string, options: FunctionLogsOptions): (line: string) => void {
  let allowed: boolean | undefined;
  return (line) => {
    allowed ??= mayWrite(lambda, stream, options);
    if (allowed) options.store.write(lambda.logGroup, stream, line);
  };
}

function mayWrite(
  { name, role, logGroup }: LambdaFunction,
  stream: string,
  { store, guard, account, region }: FunctionLogsOptions,
): boolean {
  const actor = { name, role };
  const group = `arn:aws:logs:${region}:${account}:log-group:${logGroup}`;
  if (!store.groups.has(logGroup)) {
    if (!guard.allows(actor, 'logs:CreateLogGroup', `${group}:*`)) return false;
    store.create(logGroup);
  }
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) => guard.allows(actor, action, `${group}:log-stream:${stream}`));
}
