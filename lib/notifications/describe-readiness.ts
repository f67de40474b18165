import { sentence } from './wording.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';

/** A rollback would not find its target, or would again: told when it changes. */
export function describeReadiness({ service, fault, at }: { service: ServiceKey; fault: string | undefined; at: Instant }): Notification {
  const lost = fault !== undefined;
  return {
    version: 1,
    id: `${service}#readiness#${at}`,
    service,
    thread: `${service}#readiness`,
    ...(lost ? {} : { closes: { level: 'warning' } as const }),
    state: 'trouble',
    level: lost ? 'warning' : 'info',
    at,
    headline: lost ? `${service}: a rollback would not find its target` : `${service}: a rollback would find its target again`,
    why: lost ? `${sentence(fault)} Nothing failed yet.` : 'What the service would be rolled back to can start again.',
    code: lost ? 'no-way-back' : 'way-back-again',
    facts: [['Service', service]],
    next: lost
      ? [
          'Restore that image in ECR, or push a good one, which is a target once it was verified.',
          'Let the lifecycle policy of the repository keep the images that services run.',
        ]
      : [],
  };
}
