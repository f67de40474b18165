import { claimBy, type Found, type LedgerNeeds } from './context.ts';
import { claim, record, release } from './ledger.ts';
import { isUnbounded } from '../decide/off-peak/capacity.ts';
import type { OffPeak } from '../decide/off-peak/off-peak.ts';
import { beginSleep, beginWaking, recordSleep, recordWaking, resumeSleep, withoutPastOrder } from '../decide/transitions/sleep.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import type { Head } from '../domain/head.ts';
import { toInstant, type Instant } from '../domain/instant.ts';
import type { ObservedService } from '../domain/service.ts';
import type { Capacity, Ran, Sleep } from '../domain/sleep.ts';
import { describeAsleep } from '../notifications/describe-sleep.ts';
import type { Asleep } from '../domain/schedule.ts';
import type { Scaling } from '../ports/scaling.ts';

export interface ScalingNeeds extends LedgerNeeds {
  scaling: Scaling;
}

type Step<Action extends OffPeak['action']> = Extract<OffPeak, { action: Action }>;

/** Saves what the service has in the same write that takes it, then lowers it: bounds first, or they would lift the count again. */
export function fallAsleep(needs: ScalingNeeds, found: Found, step: Step<'fall-asleep'>, until: Instant | undefined): Promise<void> {
  const { invocation, service } = found;
  const begun = beginSleep(step.saved, step.left, ranBy(service), step.reason, claimBy(invocation), invocation.now);
  return lower(needs, found, begun, until);
}

/** By what a service runs. */
export function ranBy({ taskDefinition, launch }: ObservedService): Ran {
  return { taskDefinition, ...(launch === undefined ? {} : { launch }) };
}

/** Goes on with a sleep whose act is not on record: repeated, it changes nothing. */
export function resumeSleeping(
  needs: ScalingNeeds,
  found: Found,
  { sleep, restored, asleep }: Step<'resume-sleep'> & { asleep: Asleep },
  until: Instant | undefined,
): Promise<void> {
  return lower(needs, found, resumeSleep(sleep, restored, asleep, claimBy(found.invocation)), until);
}

/** Gives the service back what it had: bounds and switches in one call, then the count within them. */
export function wakeUp(needs: ScalingNeeds, found: Found, { sleep, restored }: Step<'wake'>): Promise<void> {
  const { invocation, service } = found;
  const begun = beginWaking(sleep, service.desiredCount, restored, claimBy(invocation));
  const slept = sleep.saved.desired !== sleep.left.desired; // Where nothing was taken, nothing is given back.
  return act(
    needs,
    found,
    begun,
    () => apply(needs.scaling, sleep, found.head, restored.capacity, slept),
    (woken) => recordWaking(woken, invocation.now),
  );
}

function lower(needs: ScalingNeeds, found: Found, begun: Transition, until: Instant | undefined): Promise<void> {
  const { head, invocation } = found;
  const facts = { service: head.service, at: toInstant(invocation.now), until, wasPutOff: head.postponed?.told === true };
  return act(
    needs,
    found,
    begun,
    (sleep) => apply(needs.scaling, sleep, head, sleep.left, true),
    (sleep) => {
      const nothing = sleep.saved.desired === sleep.left.desired;
      const message = { kind: 'message', notification: describeAsleep(sleep, facts) } as const;
      return { ...recordSleep(sleep, until, invocation.now), owed: nothing ? [] : [message] };
    },
  );
}

async function apply(scaling: Scaling, sleep: Sleep, { service }: Head, { desired, target }: Capacity, counted: boolean): Promise<void> {
  if (target !== undefined && !isUnbounded(sleep)) await scaling.bound(service, target);
  if (counted) await scaling.scale(service, desired);
}

/** Claim, act, tell, record. An act that fails gives the service free and is tried again; what it left half done is done again then. */
async function act(
  needs: ScalingNeeds,
  { head, policy, invocation }: Found,
  begun: Transition,
  change: (sleep: Sleep) => Promise<void>,
  recorded: (sleep: Sleep) => Transition,
): Promise<void> {
  const claimed = await claim(needs, head, withoutPastOrder(begun, head, invocation.now), policy, invocation);
  if (claimed?.sleep === undefined) return; // Somebody was faster: the next look decides again.
  try {
    await change(claimed.sleep);
  } catch (error) {
    await release(needs, claimed, policy, invocation);
    throw error;
  }
  await record(needs, claimed, policy, invocation, ({ acting, sleep, offPeakAt }) => {
    if (acting?.by !== invocation.id || sleep === undefined) return undefined;
    const transition = recorded(sleep);
    if (offPeakAt === claimed.offPeakAt) return transition;
    return { ...transition, change: { ...transition.change, offPeakAt: offPeakAt ?? null } }; // An order came meanwhile, or other hours: they are asked then.
  });
}
