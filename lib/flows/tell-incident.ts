import type { Found, LedgerNeeds } from './context.ts';
import { commit } from './ledger.ts';
import type { Deployment } from '../domain/deployment.ts';
import { toInstant } from '../domain/instant.ts';
import type { Reason } from '../domain/reason.ts';
import { describeIncident } from '../notifications/describe-event.ts';

/** Pages once a deployment that old and new revision fail alike; nothing is rolled back. False: the head changed meanwhile. */
export async function tellIncident(
  needs: LedgerNeeds,
  { head, policy, invocation }: Found,
  current: Deployment,
  reason: Reason,
): Promise<boolean> {
  if (current.incidentAt !== undefined) return true;
  const at = toInstant(invocation.now);
  const notification = describeIncident({ service: head.service, deployment: current.id, reason, at });
  const transition = { change: { current: { ...current, incidentAt: at } }, told: [] };
  return (await commit(needs, head, transition, policy, invocation, [{ kind: 'message', notification }])) !== undefined;
}
