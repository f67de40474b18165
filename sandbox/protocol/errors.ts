import { AwsError } from '../service.ts';
import type { ServiceModel } from './service-model.ts';

/** The error's HTTP status: what the model says of it, else what was thrown with it. */
export function statusOf(model: ServiceModel, error: AwsError): number {
  const traits = model.errors.get(error.code)?.traits;
  return traits?.awsQueryError?.[1] ?? traits?.httpError ?? error.status;
}

/** The members of an error as its shape names them; the message stands under the name that the service gives it. */
export function membersOf(model: ServiceModel, error: AwsError): Record<string, unknown> {
  const names = [...(model.errors.get(error.code)?.members.keys() ?? [])];
  const messageName = names.find((name) => name.toLowerCase() === 'message') ?? 'message';
  return { [messageName]: error.message, ...error.members };
}

/** AWS's answer to an operation that it does not have, in JSON protocols. */
export function unknownOperation(operation: string): AwsError {
  return new AwsError('UnknownOperationException', `The operation ${operation} is not known`);
}

/** What a caller is told of a fault of our own. */
export function internalFailure(error: unknown): AwsError {
  return new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
}
