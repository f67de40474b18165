import { isDeepStrictEqual } from 'node:util';
import type { LedgerNeeds } from './context.ts';
import { tell } from './tell.ts';
import { closedBy } from '../decide/opened.ts';
import type { Transition } from '../decide/transitions/transition.ts';
import { closedStates, type Deployment } from '../domain/deployment.ts';
import type { Head, Owed, Waiting } from '../domain/head.ts';
import { plusMs, toInstant, type Instant } from '../domain/instant.ts';
import { isAsLoud, isLoudEnough, type Level, type Notification } from '../domain/notification.ts';
import type { ServicePolicy } from '../domain/policy.ts';
import type { DescribeContext } from '../notifications/describe-context.ts';
import { describeDeployment } from '../notifications/describe-deployment.ts';
import { describeOver } from '../notifications/describe-over.ts';
import type { Invocation } from '../ports/invocation.ts';

/** What a transition owes to others: a message of each deployment that is told and of what is over, and the history of each that changed. */
export function owedBy(head: Head, transition: Transition, table: string, policy: ServicePolicy, { now }: Invocation): Owed[] {
  const { told, quiet = [], owed = [] } = transition;
  const at = toInstant(now);
  const messages = told.map((deployment) =>
    describeDeployment(deployment, { policy, table, at, ...closing(head, transition, deployment) }),
  );
  return [
    ...[...messages, ...overBy(head, transition, at)].map((notification): Owed => ({ kind: 'message', notification })),
    ...historyOf([...told, ...quiet]),
    ...owed,
  ];
}

function closing(
  head: Head,
  { change, told }: Transition,
  { id, state }: Deployment,
): Pick<DescribeContext, 'closes' | 'overdue' | 'until'> {
  const overdue = placeOf(head.waiting, id)?.overdue === true;
  const until = state === 'waiting' && change.waiting ? placeOf(change.waiting, id)?.until : undefined;
  return {
    ...(state === 'live' ? { closes: closedBy(head, told) } : {}),
    ...(overdue ? { overdue } : {}),
    ...(until === undefined ? {} : { until }),
  };
}

/** The place of a deployment among those that wait. */
export function placeOf(waiting: Head['waiting'], id: string): Waiting | undefined {
  return Object.values(waiting)
    .flat()
    .find(({ deployment }) => deployment.id === id);
}

/** What was told as trouble and ends with this change, without a deployment that says so. */
function overBy({ service, trouble, obstacle, current }: Head, { change, told, quiet = [] }: Transition, at: Instant): Notification[] {
  const over = (thread: string, level: Level, headline: string, why: string) => [
    describeOver({ service, thread, level, headline, why, at }),
  ];
  const back = quiet.find(({ reason }) => reason.code === 'returned-to-verified');
  return [
    ...(change.trouble === null && trouble?.told !== undefined
      ? over(
          `${service}#trouble`,
          'warning',
          change.obstacle?.code === 'let-go' ? 'the work that failed is given up' : 'the work that failed goes on',
          `it failed ${trouble.count} times in a row: ${trouble.reason}`,
        )
      : []),
    ...(change.obstacle === null && obstacle !== undefined && obstacle.code !== 'let-go'
      ? over(`${service}#obstacle`, 'warning', 'can be deployed to again', `until now it could not: ${obstacle.text}`)
      : []),
    ...(back !== undefined && told.length === 0 && current?.state === 'failed'
      ? over(current.id, 'critical', 'is back after all', 'the way back completed after people were paged')
      : []),
  ];
}

/** The history that these deployments owe. */
export function historyOf(deployments: Deployment[]): Owed[] {
  return deployments.map((deployment): Owed => ({ kind: 'history', deployment }));
}

/** Pays each on its own, and answers what was paid: one that is refused stays owed and holds up no other. */
export async function pay(needs: LedgerNeeds, head: Head, owed: Owed[], policy: ServicePolicy, invocation: Invocation): Promise<Owed[]> {
  const results = await Promise.allSettled(owed.map((one) => payOne(needs, head, one, policy, invocation)));
  return owed.filter((one, index) => {
    const result = results[index];
    if (result?.status !== 'rejected') return true;
    invocation.log('still owed', { service: head.service, kind: one.kind, error: String(result.reason) });
    return false;
  });
}

/** What is left of what is owed. Two are the same only to the last detail: a later message or record of the same id stays owed. */
export function unpaid(owed: Owed[], paid: Owed[]): Owed[] {
  return owed.filter((one) => !paid.some((other) => isDeepStrictEqual(one, other)));
}

/** Without the records of a deployment that a later one of it replaces. */
export function withoutOutdated(owed: Owed[]): Owed[] {
  return owed.filter((one, index) => one.kind !== 'history' || !owed.slice(index + 1).some((later) => isOfSame(later, one.deployment)));
}

/** A head holds 400 KB: with more, nothing could be written into it any more, not even the way back. */
const messagesMax = 50;

/** The messages among what is owed that are given up, since the topic took none for so long: of the quietest the oldest. */
export function tooMany(owed: Owed[]): Message[] {
  const messages = owed.filter((one): one is Message => one.kind === 'message');
  const quietestFirst = messages.toSorted((a, b) => order(a.notification, b.notification));
  return quietestFirst.slice(0, Math.max(0, messages.length - messagesMax));
}

function order({ level: a }: Notification, { level: b }: Notification): number {
  return a === b ? 0 : isAsLoud(a, b) ? 1 : -1;
}

type Message = Extract<Owed, { kind: 'message' }>;

function isOfSame(owed: Owed, { id }: Deployment): boolean {
  return owed.kind === 'history' && owed.deployment.id === id;
}

async function payOne(
  needs: LedgerNeeds,
  head: Head,
  owed: Owed,
  { historyMs, level = 'info' }: ServicePolicy,
  { now }: Invocation,
): Promise<void> {
  switch (owed.kind) {
    case 'message':
      return isLoudEnough(owed.notification, level) ? tell(needs.topic, owed.notification) : undefined;
    case 'quarantine':
      return needs.quarantine.add(owed.entry);
    case 'history':
      return needs.log.write(owed.deployment, expires(owed.deployment, head) ? plusMs(now, historyMs) : undefined);
    default:
      return owed satisfies never;
  }
}

// The verified five never expire, whatever their state.
function expires({ id, state }: Deployment, head: Head): boolean {
  return (closedStates as readonly string[]).includes(state) && !head.verified.some((one) => one.id === id);
}
