import { attemptsMax, type Found } from './context.ts';
import { followService, type FollowNeeds } from './follow-service.ts';
import { warnOnce } from './warn-once.ts';
import { cannotStart } from '../decide/service-actions.ts';
import { lookSoon } from './look-soon.ts';
import { isYoung } from '../decide/not-yet-seen.ts';
import type { Configuration } from '../domain/policy.ts';
import type { Head } from '../domain/head.ts';
import type { RolloutChange } from '../domain/rollout-change.ts';
import type { ObservedService } from '../domain/service.ts';
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
  if (isUnseen(change, seen.service, invocation.now)) await lookSoon(needs.heads, seen.head, invocation);
  const { current, acting } = seen.head;
  invocation.log('followed', { service, eventName, rolloutId, reason: change.reason, deployment: current?.id, state: current?.state });
  if (seen.service === undefined || acting !== undefined) return; // ECS says it again while it lasts.
  await warn(needs, change, { head: seen.head, service: seen.service, policy, invocation });
}

// It may be hours until ECS says it again: whoever wrote the head meanwhile, the look that came before this included, takes no warning away.
async function warn(needs: FollowRolloutNeeds, change: RolloutChange, { service, policy, invocation, ...found }: Found): Promise<void> {
  let head: Head | undefined = found.head;
  for (let attempt = 0; attempt < attemptsMax && head?.current !== undefined; attempt += 1) {
    const warning = cannotStart(change, head.current, service);
    if (warning === undefined || (await warnOnce(needs, { head, policy, invocation }, head.current, warning))) return;
    head = await needs.heads.read(policy.service);
  }
}

// ECS may tell of a rollout before it shows it, and of one that only crashes it tells nothing more.
function isUnseen({ rolloutId, at }: RolloutChange, service: ObservedService | undefined, now: Date): boolean {
  if (rolloutId === undefined || service === undefined || !isYoung(at, now)) return false;
  return service.rollouts.every(({ id }) => id !== rolloutId);
}
