import { counted, imageName, shortDigest, time } from './wording.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { Digest, RepositoryName } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';
import type { Level, Notification } from '../domain/notification.ts';

interface ExposedFacts {
  repository: RepositoryName;
  digest: Digest;
  services: ServiceKey[];
  /** `2 CRITICAL, 1 HIGH` */
  findings: string;
  level: Level;
  /** Until when it is not told again, unless it gets worse. */
  until: Instant;
  at: Instant;
}

/** The thread of the findings on an image. */
export function exposedThread(digest: Digest): string {
  return `exposed#${digest}`;
}

/** Findings are open on an image that runs: one message a digest, with all services that run it. What runs is left as it is. */
export function describeExposed({ repository, digest, services, findings, level, until, at }: ExposedFacts): Notification {
  const [only] = services.length === 1 ? services : [];
  return {
    version: 1,
    id: `${shortDigest(digest)}#exposed#${at}`,
    ...(only === undefined ? { services } : { service: only }),
    thread: exposedThread(digest),
    state: 'exposed',
    level,
    at,
    headline: `${only ?? counted(services.length, 'service')}: what runs has findings that are not let in`,
    why: `The scan of ${imageName(repository, { digest })} tells of ${findings}. What runs is left as it is.`,
    code: 'exposed',
    facts: [
      ...services.map((service): [string, string] => ['Service', service]),
      ['Image', imageName(repository, { digest })],
      ['Findings', findings],
      ['Told again', `if it gets worse, or after ${time(until)}`],
    ],
    next: ['Push an image in which they are mended, or put up with them for a while by gates.scan.allow in serverless.yml.'],
  };
}
