import { passedOver } from '../commands/passed-over.ts';
import { cancelWaiting } from './waiting.ts';
import type { Transition } from './transition.ts';
import type { Command, LeftCommand, Obeyed } from '../../domain/command.ts';
import type { CommandResult } from '../../domain/command-answer.ts';
import type { Head, HeadChange, Hold } from '../../domain/head.ts';
import type { Digest } from '../../domain/image.ts';
import { msBetween, toInstant } from '../../domain/instant.ts';
import type { ServicePolicy } from '../../domain/policy.ts';
import type { Reason } from '../../domain/reason.ts';

const obeyedKept = 10;
/** For longer than a proof of who orders may serve, all are kept, up to a number that a head can hold. */
const obeyedForMs = 30 * 60_000;
const obeyedMax = 50;
/** How many commands wait for one service at most; with more of them nobody knows any more what will come of it. */
export const leftMax = 5;

/** The transition with what became of the command in the same write: its repeat finds it there, and it is left no longer. */
export function obeyed(transition: Transition, head: Head, command: Command, result: CommandResult, now: Date): Transition {
  return { ...transition, change: { ...transition.change, ...settledChange(head, command, result, now) } };
}

function settledChange(
  head: Head,
  { id, verb, actor, reason: why }: Command,
  { outcome, reason, deployment }: CommandResult,
  now: Date,
): HeadChange {
  const others = (head.obeyed ?? []).filter((one) => one.id !== id);
  const added = {
    id,
    verb,
    actor,
    at: toInstant(now),
    outcome,
    reason,
    ...(why === undefined ? {} : { why }),
    ...(deployment === undefined ? {} : { deployment }),
  };
  const left = (head.left ?? []).filter((one) => one.id !== id);
  return { obeyed: kept([...others, added], now), ...(head.left === undefined ? {} : { left: left.length === 0 ? null : left }) };
}

function kept(all: Obeyed[], now: Date): Obeyed[] {
  const recent = all.filter(({ at }, index) => index >= all.length - obeyedKept || msBetween(at, now) <= obeyedForMs);
  return recent.slice(-obeyedMax);
}

/** Leaves a command in the head for whoever acts; the tick goes on with it. */
export function leaveCommand(head: Head, command: LeftCommand): Transition {
  return { change: { left: [...(head.left ?? []), command] }, told: [] };
}

/** The service takes no new image from now on. */
export function holdService(hold: Hold): Transition {
  return { change: { hold }, told: [] };
}

/** The hold that a person's act brings with it; one that stands already stays as it is. */
export function heldBy(head: Head, { actor }: Command, reason: string, now: Date): Hold {
  return head.hold ?? { since: toInstant(now), actor, reason };
}

/** Ends the hold: what waits is due at once, and what was passed over meanwhile is not decided any more, so that it is asked again. */
export function resumeService(head: Head, now: Date): Transition {
  const at = toInstant(now);
  const waiting = Object.entries(head.waiting).map(([name, places]) => [name, places.map((one) => ({ ...one, until: at }))]);
  const again = passedOver(head);
  const seen = Object.entries(head.seen).map(([name, one]) => [name, again.includes(name) ? { ...one, outcome: 'waiting' } : one]);
  return { change: { hold: null, waiting: Object.fromEntries(waiting), seen: Object.fromEntries(seen) }, told: [] };
}

/** Lets go of what waits, for good: unlike what another configuration would ask again, a person decided it. */
export function cancelByHand(head: Head, reason: Reason, policy: ServicePolicy, now: Date): Transition {
  const { change, told } = cancelWaiting(head, reason, now);
  const waited = Object.keys(head.waiting);
  const seen = Object.entries(head.seen).map(([name, one]) =>
    waited.includes(name) && one.outcome === 'waiting'
      ? [name, { ...one, outcome: 'cancelled', reason, policy: policy.hash }]
      : [name, one],
  );
  return { change: { ...change, seen: Object.fromEntries(seen) }, told };
}

/** The digest is barred on this service no longer. */
export function liftBar({ barred }: Head, digest: Digest): Transition {
  return { change: { barred: Object.fromEntries(Object.entries(barred).filter(([one]) => one !== digest)) }, told: [] };
}
