import { type Conditions, conditionsHold, like, list } from './conditions.ts';

/** A resource's own policy: who may do what with it. */
export interface ResourcePolicy {
  Statement?: Statement | Statement[];
}

interface Statement {
  Effect?: string;
  Principal?: string | Record<string, string | string[]>;
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: Conditions;
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
    // An operator that is not known here lets nobody in and keeps everybody out: the harder reading.
    conditionsHold(statement.Condition ?? {}, request.context, statement.Effect === 'Deny')
  );
}

function namesPrincipal(principal: Statement['Principal'], service: string): boolean {
  if (typeof principal === 'string') return principal === '*';
  return Object.entries(principal ?? {}).some(([kind, names]) =>
    list(names).some((name) => (kind === 'Service' && name === service) || (kind === 'AWS' && name === '*')),
  );
}
