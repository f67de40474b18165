import type { Transition } from './transition.ts';
import type { Acting, Head } from '../../domain/head.ts';
import { isPast, plusMs, toInstant, type Instant } from '../../domain/instant.ts';
import type { Reason } from '../../domain/reason.ts';
import type { OffPeakCommand } from '../../domain/command.ts';
import type { Asleep, SleepLevel } from '../../domain/schedule.ts';
import type { Capacity, Ran, Sleep } from '../../domain/sleep.ts';
import { isUnbounded, leftOf, type Restored } from '../off-peak/capacity.ts';

const soonMs = 60_000;
const countsMax = 32;

/** Saves what the service has, once, and takes the service in order to let it fall asleep. */
export function beginSleep(saved: Capacity, left: Capacity, ran: Ran, reason: Reason, acting: Acting, now: Date): Transition {
  const sleep: Sleep = { since: toInstant(now), reason, state: 'falling-asleep', saved, left, ran };
  return { change: { acting, sleep, postponed: null, wouldSleep: null }, told: [] };
}

/** In mode watch it would sleep from now on. */
export function beginWatchedSleep(saved: Capacity, left: Capacity, ran: Ran, reason: Reason, until: Instant | undefined, now: Date) {
  const begun: Sleep = { since: toInstant(now), reason, state: 'asleep', saved, left, ran, watched: true };
  const wouldSleep = counted(begun, left.desired, now);
  return { wouldSleep, transition: { change: { wouldSleep, offPeakAt: until ?? null }, told: [] } satisfies Transition };
}

/** Takes the service again for a sleep that was begun. What was saved stays, but for what others set since. */
export function resumeSleep(begun: Sleep, { capacity, changes }: Restored, asleep: Asleep, acting: Acting): Transition {
  const { askedAt: _, wokenFrom: __, wokenTo: ___, overdue: ____, scaledUp: _____, ...sleep } = begun;
  const saved = changes.length === 0 ? sleep.saved : { ...capacity, desired: sleep.saved.desired }; // The count is never saved anew.
  const lowered = leftOf(saved, asleep);
  const untouched = begun.saved.target !== undefined && isUnbounded(begun); // One that was registered since is held down with the count.
  const left = untouched ? { ...saved, desired: lowered.desired } : lowered;
  return { change: { acting, sleep: { ...sleep, ...changed(sleep, changes), state: 'falling-asleep', saved, left } }, told: [] };
}

/** It sleeps: AWS took it. */
export function recordSleep(sleep: Sleep, until: Instant | undefined, now: Date): Transition {
  const asleep: Sleep = { ...counted(sleep, sleep.left.desired, now), state: 'asleep', askedAt: toInstant(now) };
  return { change: { acting: null, sleep: asleep, offPeakAt: until ?? null, trouble: null }, told: [] };
}

/** Takes the service in order to wake it from the desired count that it has. */
export function beginWaking(asleep: Sleep, wokenFrom: number, { capacity, changes }: Restored, acting: Acting): Transition {
  const { askedAt: _, ...sleep } = asleep;
  const waking: Sleep = { ...sleep, ...changed(sleep, changes), state: 'waking', wokenFrom, wokenTo: capacity.desired };
  return { change: { acting, sleep: waking, postponed: null }, told: [] };
}

function changed({ changes: known = [] }: Sleep, found: string[]): Pick<Sleep, 'changes'> {
  const all = [...known, ...found.filter((change) => !known.includes(change))];
  return all.length === 0 ? {} : { changes: all };
}

/** AWS was told to wake it: a minute later its tasks are looked for. */
export function recordWaking(sleep: Sleep, now: Date): Transition {
  return {
    change: {
      acting: null,
      sleep: { ...counted(sleep, sleep.wokenTo ?? 0, now), askedAt: toInstant(now) },
      offPeakAt: plusMs(now, soonMs),
      trouble: null,
    },
    told: [],
  };
}

/** It is whole again, and nothing is kept any more. */
export function closeSleep(until: Instant | undefined, now: Date): Transition {
  return { change: { sleep: null, wouldSleep: null, wokenAt: toInstant(now), offPeakAt: until ?? null, trouble: null }, told: [] };
}

/** Its tasks did not come up in time: told once, and still looked for. */
export function noteOverdue(sleep: Sleep, now: Date): Transition {
  return { change: { sleep: { ...sleep, overdue: true }, offPeakAt: plusMs(now, soonMs) }, told: [] };
}

/** Somebody scaled it up by hand while it slept: left so until it wakes. What was saved stays saved. */
export function leaveScaledUp(sleep: Sleep, desired: number, now: Date): Transition {
  return { change: { sleep: { ...counted(sleep, desired, now), scaledUp: { since: toInstant(now), desired } } }, told: [] };
}

/** It was scaled down again, and sleeps as before. */
export function seeScaledDown(scaled: Sleep, desired: number, now: Date): Transition {
  const { scaledUp: _, ...sleep } = scaled;
  return { change: { sleep: counted(sleep, desired, now) }, told: [] };
}

/** It is asleep already, as somebody ordered meanwhile. */
export function findAsleep(sleep: Sleep, now: Date): Transition {
  return { change: { sleep: { ...sleep, askedAt: toInstant(now) } }, told: [] };
}

/** The sleep with a change of its count. Of too many the oldest are forgotten: rather too little than too much is said to be slept off. */
export function counted(sleep: Sleep, desired: number, now: Date): Sleep {
  return { ...sleep, counts: [...(sleep.counts ?? []), { at: toInstant(now), desired }].slice(-countsMax) };
}

/** Falling asleep is put off; what puts it off is looked at again in a minute. */
export function postponeSleep({ postponed }: Head, reason: Reason, told: boolean, now: Date): Transition {
  const since = postponed?.since ?? toInstant(now);
  return { change: { postponed: { since, reason, ...(told ? { told } : {}) }, offPeakAt: plusMs(now, soonMs) }, told: [] };
}

/** A person orders it awake or asleep for a while; one order takes the place of another. */
export function orderSleep(level: SleepLevel, { until, actor, reason = 'no reason was told' }: OffPeakCommand, now: Date): Transition {
  return { change: { override: { level, since: toInstant(now), until, actor, reason }, offPeakAt: toInstant(now) }, told: [] };
}

/** Forgets with a step the order whose time is over. */
export function withoutPastOrder(transition: Transition, { override }: Head, now: Date): Transition {
  const past = override?.until !== undefined && isPast(override.until, now);
  return past ? { ...transition, change: { override: null, ...transition.change } } : transition;
}
