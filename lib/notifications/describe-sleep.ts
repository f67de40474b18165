import { showEvents } from './commands.ts';
import type { Place } from './place.ts';
import { counted, sentence, span, time } from './wording.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';
import type { Level, Notification, SleepState } from '../domain/notification.ts';
import type { Reason } from '../domain/reason.ts';
import type { Capacity, Postponed, Sleep } from '../domain/sleep.ts';

interface Facts {
  service: ServiceKey;
  at: Instant;
  /** When the level changes next, where that is known. */
  until?: Instant | undefined;
  place?: Place | undefined;
}

const nothingChanged = 'Mode is watch: nothing was changed.';

/** It sleeps, or would. */
export function describeAsleep(sleep: Sleep, { until, wasPutOff = false, ...facts }: Facts & { wasPutOff?: boolean }): Notification {
  return told('asleep', 'info', sleep.reason, facts, sleep.since, {
    headline: sleep.watched ? 'would be asleep now' : 'is asleep',
    ...(wasPutOff ? { closes: 'warning' } : {}), // People heard that it stays awake for now.
    why: sleep.watched
      ? nothingChanged
      : 'What it had is kept, and comes back when it wakes. New images still come to it, and are tested when it wakes.',
    facts: [
      ['Had', capacityText(sleep.saved)],
      [sleep.watched ? 'Would keep' : 'Left', counted(sleep.left.desired, 'task')],
      ...(until === undefined ? [] : [wakes(until)]),
    ],
  });
}

/** It is whole again; or it is let go of, and has what it had, though its tasks did not come up. */
export function describeAwake(sleep: Sleep, running: number, reason: Reason, facts: Facts): Notification {
  const lacks = sleep.overdue === true && running < (sleep.wokenTo ?? sleep.saved.desired);
  const runs = lacks ? 'It was given back all that it had. Not all of its tasks run.' : 'Its tasks run again.';
  return told('awake', 'info', reason, facts, sleep.since, {
    headline: sleep.watched ? 'would be awake again' : 'is awake',
    closes: sleep.overdue === undefined ? 'info' : 'warning',
    why: [sleep.watched ? nothingChanged : runs, ...(sleep.changes ?? []).map(sentence)].join(' '),
    facts: [
      ['Runs', counted(running, 'task')],
      [sleep.watched ? 'Would have slept' : 'Slept', span(sleep.since, facts.at)],
    ],
  });
}

/** It was woken, and its tasks do not come up. */
export function describeWokenLate(sleep: Sleep, running: number, { place, ...facts }: Facts): Notification {
  const wanted = sleep.wokenTo ?? sleep.saved.desired;
  const reason: Reason = {
    code: 'woken-late',
    text: `${running} of ${counted(wanted, 'task')} run, ${span(sleep.askedAt ?? facts.at, facts.at)} after it was woken`,
  };
  return told('woken-late', 'warning', reason, facts, sleep.since, {
    headline: 'was woken, and its tasks do not come up',
    why: 'It was given back all that it had. That its tasks run is still looked for, and told.',
    facts: [['Runs', `${running} of ${counted(wanted, 'task')}`]],
    next: ['This shows what ECS said last:', showEvents(facts.service, place)],
  });
}

/** It was to fall asleep a while ago, and something that must end first does not. */
export function describePostponed({ since, reason }: Postponed, facts: Facts): Notification {
  return told('sleep-postponed', 'warning', reason, facts, since, {
    headline: 'stays awake for now',
    why: 'It falls asleep by itself as soon as that has ended.',
    facts: [['Put off since', time(since)]],
  });
}

/** Somebody scaled it up while it slept. */
export function describeScaledUp(sleep: Sleep, desired: number, { until, ...facts }: Facts): Notification {
  const taken = sleep.saved.desired !== sleep.left.desired;
  const reason: Reason = { code: 'scaled-up', text: `somebody scaled it up to ${counted(desired, 'task')} while it slept` };
  return told('scaled-up', 'info', reason, facts, `${sleep.since}#${desired}`, {
    headline: `was scaled up to ${counted(desired, 'task')} while it slept`,
    why: taken
      ? 'That stays so until it wakes, when it gets back what it had.'
      : 'That stays so: when it fell asleep nothing was taken from it.',
    facts: [['Had', capacityText(sleep.saved)], ...(until === undefined ? [] : [wakes(until)])],
  });
}

/** Its schedule asks what it cannot do. */
export function describeSleepless(reason: Reason, facts: Facts): Notification {
  return told('cannot-sleep', 'warning', reason, facts, facts.at, {
    headline: 'cannot sleep',
    why: 'Its schedule changes nothing. Its deployments go on as before.',
    facts: [],
    next: ['Set offPeak: false for it in serverless.yml.'],
  });
}

interface Words {
  headline: string;
  why: string;
  facts: [label: string, value: string][];
  next?: string[];
  /** How loudly it was told what this ends. */
  closes?: Level;
}

function told(state: SleepState, level: Level, reason: Reason, { service, at }: Facts, nth: string, words: Words): Notification {
  return {
    version: 1,
    id: `${service}#${nth}#${state}`,
    service,
    thread: `${service}#sleep`,
    ...(words.closes === undefined ? {} : { closes: { level: words.closes } }),
    state,
    level,
    at,
    headline: `${service} ${words.headline}`,
    why: `${sentence(reason.text)} ${words.why}`,
    code: reason.code,
    facts: [['Service', service], ...words.facts],
    next: words.next ?? [],
  };
}

function capacityText({ desired, target }: Capacity): string {
  return `${counted(desired, 'task')}${target === undefined ? '' : `, scaled by itself from ${target.min} to ${target.max}`}`;
}

function wakes(until: Instant): [string, string] {
  return ['Wakes', time(until)];
}
