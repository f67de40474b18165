import type { LedgerNeeds } from './context.ts';
import { tell } from './tell.ts';
import { dueAt } from '../decide/due.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { closedStates, type Deployment } from '../domain/deployment.ts';
import type { Head, HeadChange, Owed } from '../domain/head.ts';
import { isPast, plusMs, toInstant } from '../domain/instant.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import { describeDeployment } from '../notifications/describe-deployment.ts';
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
  const owes = [...head.owed, ...owedBy(transition, needs, policy, invocation), ...owed];
  return write(needs, head, { ...lapsed, ...transition.change, ...(owes.length > 0 ? { owed: owes } : {}) }, policy, invocation);
}

/** Pays what the head owes, then writes down what was paid, together with the record of an act where there is one. */
export async function record(
  needs: LedgerNeeds,
  head: Head,
  policy: ServicePolicy,
  invocation: Invocation,
  evolve?: (head: Head) => Transition | undefined,
): Promise<Head> {
  const paid = await pay(needs, head, head.owed, policy, invocation);
  let latest = head;
  for (let attempt = 0; attempt < recordAttemptsMax; attempt += 1) {
    const transition = evolve?.(latest);
    const kept = latest.owed.filter((owed) => !paid.has(keyOf(owed)));
    if (transition === undefined && kept.length === latest.owed.length) return latest;
    const quiet = historyOf(transition?.quiet ?? []);
    const settled = attempt === 0 ? await pay(needs, latest, quiet, policy, invocation) : new Set<string>(); // A retry owes it instead: the record may differ.
    const owes = [
      ...kept,
      ...owedBy({ change: {}, told: transition?.told ?? [] }, needs, policy, invocation),
      ...quiet.filter((owed) => !settled.has(keyOf(owed))),
    ];
    const written = await write(needs, latest, { ...transition?.change, owed: owes }, policy, invocation);
    if (written !== undefined) return written;
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
  return claimed === undefined ? undefined : record(needs, claimed, policy, invocation);
}

/** Gives the service free after an error, so that the tick goes on with it at once. */
export async function release(needs: LedgerNeeds, head: Head, policy: ServicePolicy, invocation: Invocation): Promise<void> {
  await record(needs, head, policy, invocation, (latest) =>
    latest.acting?.by === invocation.id ? { change: { acting: null }, told: [] } : undefined,
  );
}

async function write(
  needs: LedgerNeeds,
  head: Head,
  change: HeadChange,
  policy: ServicePolicy,
  { now }: Invocation,
): Promise<Head | undefined> {
  const next = apply(head, change);
  const left = change.acting === null && (next.failures.length > 0 || Object.keys(next.waiting).length > 0);
  const due = left ? toInstant(now) : dueAt(next, policy, now);
  return needs.heads.change(head.service, head.version, { ...change, dueAt: due ?? null });
}

// Each is paid on its own: one that is refused stays owed and holds up no other.
async function pay(needs: LedgerNeeds, head: Head, owed: Owed[], policy: ServicePolicy, invocation: Invocation): Promise<Set<string>> {
  const paid = new Set<string>();
  const last = new Map(owed.map((one) => [one.kind === 'history' ? `history ${one.deployment.id}` : keyOf(one), one]));
  const results = await Promise.allSettled([...last.values()].map((one) => payOne(needs, head, one, policy, invocation)));
  [...last.entries()].forEach(([key, one], index) => {
    const result = results[index];
    if (result?.status === 'rejected')
      return invocation.log('still owed', { kind: one.kind, key: keyOf(one), error: String(result.reason) });
    for (const owing of owed)
      if (owing === one || (owing.kind === 'history' && `history ${owing.deployment.id}` === key)) paid.add(keyOf(owing));
  });
  return paid;
}

function payOne(needs: LedgerNeeds, head: Head, owed: Owed, { historyMs }: ServicePolicy, { now }: Invocation): Promise<void> {
  switch (owed.kind) {
    case 'message':
      return tell(needs.topic, owed.notification);
    case 'quarantine':
      return needs.quarantine.add(owed.entry);
    case 'history':
      return needs.log.write(owed.deployment, expires(owed.deployment, head) ? plusMs(now, historyMs) : undefined);
    default:
      return owed satisfies never;
  }
}

function owedBy({ told, quiet = [] }: Transition, needs: LedgerNeeds, policy: ServicePolicy, { now }: Invocation): Owed[] {
  const messages = told.map((deployment): Owed => ({
    kind: 'message',
    notification: describeDeployment(deployment, { policy, table: needs.table, at: toInstant(now) }),
  }));
  return [...messages, ...historyOf([...told, ...quiet])];
}

function historyOf(deployments: Deployment[]): Owed[] {
  return deployments.map((deployment): Owed => ({ kind: 'history', deployment }));
}

function keyOf(owed: Owed): string {
  if (owed.kind === 'message') return `message ${owed.notification.id}`;
  if (owed.kind === 'quarantine') return `quarantine ${owed.entry.digest}`;
  return `history ${owed.deployment.id} ${owed.deployment.timeline.length} ${owed.deployment.rolloutId ?? ''} ${owed.deployment.rollback?.rolloutId ?? ''}`;
}

// The verified five never expire, whatever their state.
function expires({ id, state }: Deployment, head: Head): boolean {
  return (closedStates as readonly string[]).includes(state) && !head.verified.some((one) => one.id === id);
}

/** The head as a change leaves it, for what is computed from it before it is written. */
export function apply(head: Head, change: HeadChange): Head {
  const next: Record<string, unknown> = { ...head };
  for (const [name, value] of Object.entries(change)) {
    if (name === 'failures') next['failures'] = [];
    else if (value === null) delete next[name];
    else if (value !== undefined) next[name] = value;
  }
  return next as unknown as Head;
}
