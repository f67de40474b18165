import type { LedgerNeeds } from './context.ts';
import { commit } from './ledger.ts';
import type { Head, Owed } from '../domain/head.ts';
import { toInstant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Reason } from '../domain/reason.ts';
import { describeObstacle } from '../notifications/describe-event.ts';
import type { Invocation } from '../ports/invocation.ts';

/** Notes why a service cannot be deployed to at all: told once, and forgotten when it is gone, so that it is told anew should it come back. */
export async function noteObstacle(
  needs: LedgerNeeds,
  head: Head,
  obstacle: Reason | undefined,
  policy: ServicePolicy,
  invocation: Invocation,
): Promise<Head> {
  if (head.obstacle?.code === obstacle?.code) return head;
  const owed = obstacle === undefined ? [] : [obstacleMessage(head, obstacle, invocation)];
  return (await commit(needs, head, { change: { obstacle: obstacle ?? null }, told: [] }, policy, invocation, owed)) ?? head;
}

/** What people are told of an obstacle. */
export function obstacleMessage({ service }: Head, reason: Reason, { now }: Invocation): Owed {
  return { kind: 'message', notification: describeObstacle({ service, reason, at: toInstant(now) }) };
}
