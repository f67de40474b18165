import { showEvents } from './commands.ts';
import { placeOf } from './place.ts';
import { sentence } from './wording.ts';
import type { Deployment } from '../domain/deployment.ts';
import { revisionName } from '../domain/failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import type { Reason, ReasonCode } from '../domain/reason.ts';

interface WarningFacts {
  deployment: Deployment;
  /** Which one it is of the deployment. */
  warning: number;
  reason: Reason;
  check: string;
  at: Instant;
}

const headlines: Readonly<Partial<Record<ReasonCode, string>>> = {
  'no-capacity': 'ECS finds no room for its tasks',
  'cannot-start': 'its tasks cannot start',
  'unknown-stop': 'a task stopped for a reason that nobody knows yet',
};

/** Something is wrong that is no verdict over a deployment: told once, and what becomes of it follows by itself. */
export function describeWarning({ deployment, warning, reason, check, at }: WarningFacts): Notification {
  const { id, service, state, taskDefinition } = deployment;
  return {
    version: 1,
    id: `${id}#warning#${warning}`,
    service,
    deployment: id,
    state: 'trouble',
    level: 'warning',
    at,
    headline: `${service}: ${headlines[reason.code] ?? 'something is wrong'}`,
    why: `${sentence(reason.text)} ${consequence(deployment)}`,
    code: reason.code,
    facts: [
      ['Service', service],
      ...(taskDefinition === undefined ? [] : ([['Revision', revisionName(taskDefinition)]] as [string, string][])),
      ['State', state],
      ['Deployment', id],
    ],
    next: [sentence(check), 'This shows what ECS said last:', showEvents(service, placeOf(deployment))],
  };
}

function consequence({ state }: Deployment): string {
  if (state === 'deploying')
    return 'That condemns nothing by itself: ECS goes on trying until the rollout is complete or its time is over.';
  if (state === 'rolling-back') return 'The way back goes on; people are paged if it is not complete in time.';
  return 'That condemns nothing by itself: ECS goes on trying.';
}
