import { AwsError } from '../service.ts';
import type { ServiceModel } from './service-model.ts';

/** What is wrong with one member of an input. */
export interface Fault {
  kind: 'missing' | 'unknown' | 'type';
  path: string;
  /** What was expected and what was found, for a wrong type. */
  expected?: string;
  found?: string;
}

/** The error with which a service answers an input that its model does not allow; undefined where nothing is wrong. */
export function refusal(model: ServiceModel, faults: Fault[]): AwsError | undefined {
  const misread = faults.find(({ kind }) => kind !== 'missing');
  if (misread) return new AwsError(model.protocol === 'query' ? model.invalid : 'SerializationException', misreadText(misread));
  const missing = faults.map(({ path }) => path);
  if (missing.length === 0) return undefined;
  return new AwsError(model.invalid, missingText(model, missing));
}

function misreadText({ kind, path, expected, found }: Fault): string {
  if (kind === 'unknown') return `Unknown member: ${path}`;
  return `${(found ?? 'VALUE').toUpperCase()}_VALUE at ${path} can not be converted to ${expected}`;
}

function missingText(model: ServiceModel, missing: string[]): string {
  const [first = ''] = missing;
  if (model.name === 'sqs') return `The request must contain the parameter ${first}.`;
  if (model.name === 'sns') return `Invalid parameter: ${first} Reason: no value for required parameter`;
  if (model.name === 'ecr') return `Invalid parameter at '${first}' failed to satisfy constraint: 'must not be null'`;
  if (model.name === 'ecs') return `${missing.join(', ')} can not be blank.`;
  const each = missing.map((path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`);
  return `${missing.length} validation error${missing.length > 1 ? 's' : ''} detected: ${each.join('; ')}`;
}
