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

/** A wish of an AWS service, or of a principal of some account, to do something with a resource. */
export interface ServiceRequest {
  /** A service, such as `events.amazonaws.com`; or which names of AWS principals mean whoever asks. */
  principal: string | ((name: string) => boolean);
  action: string;
  resource: string;
  /** Condition keys and their values, such as `aws:SourceArn`. */
  context: Record<string, string>;
}

/** Whether a policy lets whoever asks do it: some statement allows it and none denies it. */
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

function namesPrincipal(principal: Statement['Principal'], asking: ServiceRequest['principal']): boolean {
  if (typeof principal === 'string') return principal === '*';
  return Object.entries(principal ?? {}).some(([kind, names]) =>
    list(names).some((name) =>
      kind === 'AWS' ? name === '*' || (typeof asking === 'function' && asking(name)) : kind === 'Service' && name === asking,
    ),
  );
}
