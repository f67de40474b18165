import type { Found, LedgerNeeds } from './context.ts';
import { commit } from './ledger.ts';
import { isNews, type Warning } from '../decide/warning.ts';
import type { Deployment } from '../domain/deployment.ts';
import { toInstant } from '../domain/instant.ts';
import { describeWarning } from '../notifications/describe-warning.ts';

/** Warns people once of what is no verdict, and keeps it on the deployment's record. False: the head changed meanwhile. */
export async function warnOnce(
  needs: LedgerNeeds,
  { head, policy, invocation }: Pick<Found, 'head' | 'policy' | 'invocation'>,
  current: Deployment,
  warning: Warning,
): Promise<boolean> {
  if (!isNews(warning, current)) return true;
  const { warned = [] } = current;
  const known = { ...current, warned: [...warned, warning.key] };
  const notification = describeWarning({ deployment: current, warning: warned.length + 1, ...warning, at: toInstant(invocation.now) });
  const transition = { change: { current: known }, told: [], quiet: [known] };
  return (await commit(needs, head, transition, policy, invocation, [{ kind: 'message', notification }])) !== undefined;
}
