import { matchParts } from './wildcard.ts';

/** A resource's own policy: who may do what with it. */
export interface ResourcePolicy {
  Statement?: Statement | Statement[];
}

interface Statement {
  Effect?: string;
  Principal?: string | Record<string, string | string[]>;
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A wish of an AWS service to do something with a resource. */
export interface ServiceRequest {
  /** Such as `events.amazonaws.com`. */
  principal: string;
  action: string;
  resource: string;
  /** Condition keys and their values, such as `aws:SourceArn`. */
  context: Record<string, string>;
}

/** Whether a policy lets a service do what it asks: some statement allows it and none denies it. */
export function isAllowed(policy: ResourcePolicy | undefined, request: ServiceRequest): boolean {
  const statements = list(policy?.Statement).filter((statement) => applies(statement, request));
  return statements.some(({ Effect }) => Effect === 'Allow') && !statements.some(({ Effect }) => Effect === 'Deny');
}

function applies(statement: Statement, request: ServiceRequest): boolean {
  return (
    namesPrincipal(statement.Principal, request.principal) &&
    list(statement.Action).some((action) => like(action.toLowerCase(), request.action.toLowerCase())) &&
    (statement.Resource === undefined || list(statement.Resource).some((resource) => like(resource, request.resource))) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => holds(operator, keys, request.context))
  );
}

function namesPrincipal(principal: Statement['Principal'], service: string): boolean {
  if (typeof principal === 'string') return principal === '*';
  return Object.entries(principal ?? {}).some(([kind, names]) =>
    list(names).some((name) => (kind === 'Service' && name === service) || (kind === 'AWS' && name === '*')),
  );
}

function holds(operator: string, keys: Record<string, string | string[]>, context: Record<string, string>): boolean {
  const test = comparison(operator);
  return Object.entries(keys).every(([key, wanted]) => {
    const value = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
    return value !== undefined && list(wanted).some((one) => test(one, value));
  });
}

/** An operator that is not known here holds for nothing: the harder reading. */
function comparison(operator: string): (wanted: string, value: string) => boolean {
  if (operator === 'StringEquals') return (wanted, value) => wanted === value;
  return ['ArnEquals', 'ArnLike', 'StringLike'].includes(operator) ? like : () => false;
}

function like(pattern: string, value: string): boolean {
  return matchParts(pattern.split('*'), value);
}

function list<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
