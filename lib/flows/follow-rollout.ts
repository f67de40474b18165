import { followService, type FollowNeeds } from './follow-service.ts';
import type { Configuration } from '../domain/policy.ts';
import type { RolloutChange } from '../domain/rollout-change.ts';
import type { Invocation } from '../ports/invocation.ts';

export interface FollowRolloutNeeds extends FollowNeeds {
  configuration: Configuration;
}

/** A rollout changed, or ECS says that something cannot start: looks at the service. What the event claims decides nothing. */
export async function followRollout(change: RolloutChange, needs: FollowRolloutNeeds, invocation: Invocation): Promise<void> {
  const { service, eventName, rolloutId } = change;
  if (service === undefined) return invocation.log('skipped', { eventName, why: change.unknownBecause });
  const policy = needs.configuration.services[service];
  if (policy === undefined || !policy.managed) return invocation.log('skipped', { service, eventName, why: 'the service is not managed' });
  const seen = await followService(needs, service, policy, invocation);
  if (seen === undefined) return invocation.log('not enrolled yet: the next tick does', { service, eventName });
  const { current } = seen.head;
  invocation.log('followed', { service, eventName, rolloutId, reason: change.reason, deployment: current?.id, state: current?.state });
}
