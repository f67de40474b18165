import { AwsError } from '../service.ts';
import type { ServiceModel } from './service-model.ts';

/** What is wrong with one member of an input. */
export interface Fault {
  kind: 'missing' | 'unknown' | 'type' | 'constraint';
  path: string;
  /** What was expected and what was found, for a wrong type and a constraint that is not met. */
  expected?: string;
  found?: string;
}

/** The error with which a service answers an input that its model does not allow; undefined where nothing is wrong. */
export function refusal(model: ServiceModel, faults: Fault[]): AwsError | undefined {
  const misread = faults.find(({ kind }) => kind === 'unknown' || kind === 'type');
  if (misread) return new AwsError(model.protocol === 'query' ? model.invalid : 'SerializationException', misreadText(misread));
  const [first] = faults;
  if (!first) return undefined;
  return new AwsError(model.invalid, invalidText(model, first, faults));
}

function misreadText({ kind, path, expected, found }: Fault): string {
  if (kind === 'unknown') return `Unknown member: ${path}`;
  return `${(found ?? 'VALUE').toUpperCase()}_VALUE at ${path} can not be converted to ${expected}`;
}

function invalidText(model: ServiceModel, first: Fault, faults: Fault[]): string {
  const isMissing = first.kind === 'missing';
  if (model.name === 'ecr')
    return `Invalid parameter at '${first.path}' failed to satisfy constraint: '${isMissing ? 'must not be null' : first.expected}'`;
  if (isMissing && model.name === 'sqs') return `The request must contain the parameter ${first.path}.`;
  if (isMissing && model.name === 'sns') return `Invalid parameter: ${first.path} Reason: no value for required parameter`;
  if (isMissing && model.name === 'ecs')
    return `${faults.flatMap(({ kind, path }) => (kind === 'missing' ? [path] : [])).join(', ')} can not be blank.`;
  return `${faults.length} validation error${faults.length > 1 ? 's' : ''} detected: ${faults.map(unmet).join('; ')}`;
}

function unmet({ kind, path, expected, found }: Fault): string {
  if (kind !== 'missing') return `Value ${found} at '${path}' failed to satisfy constraint: ${expected}`;
  return `Value null at '${path.charAt(0).toLowerCase()}${path.slice(1)}' failed to satisfy constraint: Member must not be null`;
}
