import type { LedgerNeeds } from './context.ts';
import { historyOf, owedBy, pay, tooMany, unpaid, withoutOutdated } from './owed.ts';
import { dueAt } from '../decide/due.ts';
import { figuresOf } from '../decide/figures.ts';
import { openAfter } from '../decide/opened.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import type { Head, HeadChange, Owed } from '../domain/head.ts';
import { isPast, toInstant, type Instant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { Invocation } from '../ports/invocation.ts';

const recordAttemptsMax = 8;

/**
 * Writes a transition, with all that it owes, if the head is still the one that was decided on. Undefined: it is not, decide again.
 * What is owed stands in the head from this write on: a crash at any later line loses nothing (design, rule 4).
 */
export async function claim(
  needs: LedgerNeeds,
  head: Head,
  transition: Transition,
  policy: ServicePolicy,
  invocation: Invocation,
  owed: Owed[] = [],
): Promise<Head | undefined> {
  const lapsed = head.acting !== undefined && isPast(head.acting.until, invocation.now) ? { acting: null } : {};
  const owes = worthOwing([...head.owed, ...owedBy(head, transition, needs.table, policy, invocation), ...owed], head, invocation);
  const change = { ...lapsed, ...wholeChange(head, transition), ...(owes.length > 0 ? { owed: owes } : {}) };
  const claimed = await write(needs, head, change, policy, invocation);
  if (claimed !== undefined) measure(needs, transition);
  return claimed;
}

/**
 * Pays what the head owes, then writes down what was paid, together with the record of an act where there is one. Written by others
 * meanwhile, the head is read and the record made on what it is now; what a rival owes stays owed.
 */
export async function record(
  needs: LedgerNeeds,
  head: Head,
  policy: ServicePolicy,
  invocation: Invocation,
  evolve: (head: Head) => Transition | undefined = () => undefined,
): Promise<Head> {
  const paid = await pay(needs, head, head.owed, policy, invocation);
  let latest = head;
  for (let attempt = 0; attempt < recordAttemptsMax; attempt += 1) {
    const transition = evolve(latest);
    const kept = unpaid(latest.owed, paid);
    if (transition === undefined && kept.length === latest.owed.length) return latest;
    const added = transition === undefined ? [] : owedBy(latest, transition, needs.table, policy, invocation);
    const owes = worthOwing([...kept, ...added], latest, invocation);
    const settled = await pay(needs, latest, historyOf(transition?.quiet ?? []), policy, invocation); // Written again, it is the same.
    const written = await write(
      needs,
      latest,
      { ...(transition && wholeChange(latest, transition)), owed: unpaid(owes, settled) },
      policy,
      invocation,
    );
    if (written !== undefined && transition !== undefined) measure(needs, transition);
    if (written !== undefined) return added.some(({ kind }) => kind === 'message') ? record(needs, written, policy, invocation) : written;
    const read = await needs.heads.read(head.service);
    if (read === undefined) return latest;
    latest = read;
  }
  return latest; // What is left stands in the head: the tick pays it, and finds what the act did.
}

/** A transition that changes nothing in AWS: written, then told. Undefined: the head changed meanwhile, decide again. */
export async function commit(
  needs: LedgerNeeds,
  head: Head,
  transition: Transition,
  policy: ServicePolicy,
  invocation: Invocation,
  owed: Owed[] = [],
): Promise<Head | undefined> {
  const claimed = await claim(needs, head, transition, policy, invocation, owed);
  return claimed && record(needs, claimed, policy, invocation);
}

/** The head for its next writer, who puts off no look that was due: that of `due`; undefined for whoever has looked. */
export function withDue(head: Head, due?: Instant): Head {
  const { dueAt: _, ...undue } = head;
  return due === undefined ? undue : { ...undue, dueAt: due };
}

/** Gives the service free after an error, so that the tick goes on with it at once. */
export async function release(needs: LedgerNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  await record(needs, head, policy, invocation, (latest) =>
    latest.acting?.by === invocation.id ? { change: { acting: null }, told: [] } : undefined,
  );
}

function worthOwing(owed: Owed[], { service }: Head, invocation: Invocation): Owed[] {
  const owes = withoutOutdated(owed);
  const givenUp: Owed[] = tooMany(owes);
  if (givenUp.length === 0) return owes;
  invocation.log('messages given up', { service, count: givenUp.length, owed: owes.length });
  return owes.filter((one) => !givenUp.includes(one));
}

// Whoever wrote the state change counts it, and nobody else: no repeat of an event gets here.
function measure({ metrics }: LedgerNeeds, transition: Transition): void {
  for (const [name, value] of figuresOf(transition)) metrics.put(name, value);
}

async function write(
  needs: LedgerNeeds,
  head: Head,
  change: HeadChange,
  policy: ServicePolicy,
  { now }: Invocation,
): Promise<Head | undefined> {
  const before = lookDue(head, change);
  // Whoever found the service taken left in the head what it wanted, perhaps just now: once it is free, somebody looks at once.
  const freed = head.acting !== undefined && change.acting === null;
  const due = freed ? toInstant(now) : soonest(before, dueAt(apply(head, change), policy, now));
  // What stays due goes behind all that has been due for longer: many such heads would keep the tick from the others.
  const turn = due !== undefined && isPast(due, now) ? toInstant(now) : due;
  const written = await needs.heads.change(head.service, head.version, { ...change, dueAt: turn ?? null });
  // What it owes made it due at once. Paid, it is due as it was.
  return written && withDue(written, before);
}

// The look that a write must not put off, overdue or not: written often enough, a head would never be looked at. Undefined: the write itself
// records an act, or takes the deployment in flight on.
function lookDue({ acting, current, dueAt: before }: Head, change: HeadChange): Instant | undefined {
  const next = change.current;
  const moved = next !== undefined && (next?.id !== current?.id || next?.state !== current?.state);
  return moved || (acting ?? change.acting ?? undefined) !== undefined ? undefined : before;
}

function soonest(before: Instant | undefined, due: Instant | undefined): Instant | undefined {
  return due !== undefined && before !== undefined && before < due ? before : due;
}

// A verified deployment is one record, wherever the head keeps it: what becomes of it as the current one is known to the verified too.
function wholeChange(head: Head, { change, told, quiet = [] }: Transition): HeadChange {
  const entered = [...told, ...quiet];
  const verified = change.verified ?? head.verified;
  const latest = verified.map((one) => entered.findLast(({ id }) => id === one.id) ?? one);
  const whole = { ...openAfter(head, told), ...change };
  return latest.every((one, index) => one === verified[index]) ? whole : { ...whole, verified: latest };
}

/** The head as a change leaves it, for what is computed from it before it is written. */
function apply(head: Head, change: HeadChange): Head {
  const next: Record<string, unknown> = { ...head };
  for (const [name, value] of Object.entries(change)) {
    if (name === 'failures') next['failures'] = [];
    else if (value === null) delete next[name];
    else if (value !== undefined) next[name] = value;
  }
  return next as unknown as Head;
}
