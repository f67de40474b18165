import { liftDigest } from './commands.ts';
import { placeOf } from './place.ts';
import { sentence, shortDigest, time } from './wording.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { Failing } from '../domain/failing.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import type { Reason } from '../domain/reason.ts';

interface FleetIncident {
  /** The live deployment whose verdict made it an incident. */
  deployment: Deployment;
  /** Every service that fails, that one first. */
  among: Failing[];
  reason: Reason;
  /** Until when it is not told again. */
  until: Instant;
  table: string;
  at: Instant;
}

const namedMost = 20;

/** Services on different images fail at the same time, so it is none of the images: one page for all of them. */
export function describeFleetIncident({ deployment, among, reason, until, table, at }: FleetIncident): Notification {
  return {
    version: 1,
    id: `${deployment.id}#incident#${at}`,
    state: 'incident',
    level: 'critical',
    at,
    headline: `${among.length} services on different images fail at the same time`,
    why: `${deployment.service}: ${sentence(reason.text)} That is no image's fault: no service is rolled back for it from now on, and this is the one page about it.`,
    code: reason.code,
    facts: [
      ...among
        .slice(0, namedMost)
        .map(({ service, digests }): [string, string] => ['Failing', `${service}, ${digests.map(shortDigest).join(', ')}`]),
      ['Told again', `${time(until)}, if it lasts`],
    ],
    next: [
      'Check what these services depend on: the database, other services, secrets, the network.',
      ...rolledBackBefore(deployment, among, table),
    ],
  };
}

// Two are too few for an incident: whichever failed first was rolled back as for a bad image, and may be in quarantine.
function rolledBackBefore(deployment: Deployment, among: Failing[], table: string): string[] {
  const digests = among.slice(1, namedMost).flatMap((one) => one.digests.filter((digest) => digest.startsWith('sha256:')));
  if (digests.length === 0) return [];
  const commands = digests.map((digest) => liftDigest(digest, { table, place: placeOf(deployment) }));
  return ['Those that failed first were rolled back. Let images that were not to blame in again:', ...commands];
}
