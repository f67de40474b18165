import type { Found } from './context.ts';
import { commit } from './ledger.ts';
import { preflight } from './preflight.ts';
import type { RollBackNeeds } from './roll-back.ts';
import { isReadinessDue, readinessFault } from '../decide/readiness.ts';
import { toInstant } from '../domain/instant.ts';
import type { Owed } from '../domain/head.ts';
import { describeReadiness } from '../notifications/describe-readiness.ts';

/** Asks now and then whether a rollback of a live service would find its target. That it would not is told once, and again when it has changed. */
export async function checkReadiness(
  needs: RollBackNeeds,
  { head, policy, invocation }: Pick<Found, 'head' | 'policy' | 'invocation'>,
): Promise<void> {
  if (!isReadinessDue(head, invocation.now)) return;
  const { current: _, ...anyOfThem } = head;
  const asked = await preflight(needs, anyOfThem, policy);
  const fault = readinessFault(head, asked, invocation.now);
  const at = toInstant(invocation.now);
  const readiness = { checkedAt: at, ...(fault === undefined ? {} : { fault }) };
  const notification = describeReadiness({ service: head.service, fault, at });
  const owed: Owed[] = fault === head.readiness?.fault ? [] : [{ kind: 'message', notification }];
  invocation.log('readiness', { service: head.service, fault });
  await commit(needs, head, { change: { readiness }, told: [] }, policy, invocation, owed);
}
