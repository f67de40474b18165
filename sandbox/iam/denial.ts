import { actionOf, type Verdict, type Wish } from '../model/identity-policy.ts';
import { AwsError } from '../service.ts';
import type { Role, RoleStatement } from './roles.ts';

/** A call that a role does not allow. */
export interface Denial {
  /** The function, or the schedule, that called. */
  caller: string;
  action: string;
  resource: string;
  /** What the role lacks, in a sentence. */
  why: string;
}

type Refused = Exclude<Verdict<RoleStatement>, { allowed: true }>;

/** Tells what a role lacks: the statement that came nearest, and what it says instead. */
export function denialOf(caller: string, wish: Wish, role: Role | undefined, verdict: Refused): Denial {
  const { action, resource } = wish;
  return { caller, action, resource, why: role ? whyOf(wish, role, verdict) : 'its role does not exist' };
}

function whyOf(wish: Wish, role: Role, verdict: Refused): string {
  if (verdict.by) return `statement ${placeOf(verdict.by)} of role ${role.name} denies ${actionOf(verdict.by, wish)}`;
  if (!verdict.nearest) return `no statement of role ${role.name} comes near`;
  const { statement, lacks } = verdict.nearest;
  const place = `the nearest statement of role ${role.name}, ${placeOf(statement)},`;
  if (lacks === 'action') return `${place} names the resource and not the action`;
  if (lacks === 'resource') return `${place} names the action and these resources: ${[statement.Resource ?? []].flat().join(', ')}`;
  return `${place} names both, on a condition that does not hold: ${JSON.stringify(statement.Condition)}; the call carries ${JSON.stringify(wish.context)}`;
}

function placeOf({ policy, name }: RoleStatement): string {
  return `${name} (policy ${policy})`;
}

/** The error with which a service answers a call that is not allowed. */
export function accessDenied(service: string, user: string, { action, resource }: Wish, isExplicit: boolean): AwsError {
  const told = service === 'sns' ? action.replace('sns:', 'SNS:') : action;
  const because = isExplicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${told} action`;
  const { code, status } = codes[service] ?? { code: 'AccessDeniedException', status: 400 };
  return new AwsError(code, `User: ${user} is not authorized to perform: ${told} on resource: ${resource} ${because}`, status);
}

/** Services that do not answer AccessDeniedException with status 400. */
const codes: Record<string, { code: string; status: number }> = {
  cloudformation: { code: 'AccessDenied', status: 403 },
  lambda: { code: 'AccessDeniedException', status: 403 },
  scheduler: { code: 'AccessDeniedException', status: 403 },
  sns: { code: 'AuthorizationErrorException', status: 403 },
  sqs: { code: 'AccessDenied', status: 403 },
  sts: { code: 'AccessDenied', status: 403 },
};
