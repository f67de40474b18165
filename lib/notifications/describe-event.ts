import { counted, sentence, time } from './wording.ts';
import type { ServiceKey } from '../domain/deployment.ts';
import type { RepositoryName } from '../domain/image.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notification } from '../domain/notification.ts';
import type { Reason, ReasonCode } from '../domain/reason.ts';

interface EnrolledFacts {
  /** How many services are watched. */
  watched: number;
  /** How many of them have no verified deployment yet, so nothing to go back to. */
  untargeted: number;
  /** Services that were watched before and are no longer. */
  left: ServiceKey[];
  /** Services and repositories that are configured and do not exist, where that is known already. */
  missing?: string[];
  /** Hash of the configuration: a repeat has the same id. */
  hash: string;
  at: Instant;
}

/** The configuration is in force: how many services are watched, and what is still missing. */
export function describeEnrolled({ watched, untargeted, left, missing = [], hash, at }: EnrolledFacts): Notification {
  const verified = watched - untargeted;
  const next = missing.map((name) => `Create ${name}, or correct its name in serverless.yml: it does not exist.`);
  return {
    version: 1,
    id: `enrolled#${hash}`,
    state: 'enrolled',
    level: missing.length > 0 ? 'warning' : 'info',
    at,
    headline: `ecs-autopilot watches ${counted(watched, 'service')}${missing.length === 0 ? '' : `, and ${counted(missing.length, 'name')} lead nowhere`}`,
    why: 'The configuration was deployed and is in force. Nothing that runs was changed by that.',
    code: 'enrolled',
    facts: [
      ['Watched', counted(watched, 'service')],
      ['With a way back', counted(verified, 'service')],
      [
        'Without one yet',
        untargeted === 0 ? 'none' : `${counted(untargeted, 'service')}: what runs is verified once it ran steadily for a bake`,
      ],
      ...list('No longer watched', left),
      ...list('Does not exist', missing),
    ],
    next,
  };
}

const obstacleHeadlines: Readonly<Partial<Record<ReasonCode, string>>> = {
  'service-missing': 'the service does not exist',
  'service-inactive': 'the service was deleted',
  'unsupported-kind': 'this kind of service is not deployed to',
  'no-container': 'no container runs an image of its repository',
};

const obstacleSteps: Readonly<Partial<Record<ReasonCode, string>>> = {
  'service-missing': 'Create the service in ECS, or correct its key under custom.autopilot.services in serverless.yml.',
  'service-inactive': 'Create the service in ECS again, or take its key out of custom.autopilot.services in serverless.yml.',
  'unsupported-kind': 'Change it to controller ECS with strategy ROLLING, or let go of it with managed: false in serverless.yml.',
  'no-container': 'Name its containers in serverless.yml, or let its task definition run an image of the repository.',
};

/** A service cannot be deployed to at all: told once, until that changes. */
export function describeObstacle({ service, reason, at }: { service: ServiceKey; reason: Reason; at: Instant }): Notification {
  const step = obstacleSteps[reason.code];
  return {
    version: 1,
    id: `${service}#${reason.code}#${at}`,
    service,
    thread: `${service}#obstacle`,
    state: reason.code === 'unsupported-kind' ? 'unsupported' : 'trouble',
    level: 'warning',
    at,
    headline: `${service}: ${obstacleHeadlines[reason.code] ?? 'cannot be deployed to'}`,
    why: `${sentence(reason.text)} Until that changes, no image is deployed to it. No other service is held up.`,
    code: reason.code,
    facts: [['Service', service]],
    next: step === undefined ? [] : [step],
  };
}

/** A configured repository does not exist, or its owner does not let us read it. Told once a day at most. */
export function describeMissingRepository(missing: { repository: RepositoryName; denied?: boolean; at: Instant }): Notification {
  const { repository, denied = false, at } = missing;
  const why = denied ? `AWS does not let us read the repository ${repository}.` : `The registry knows no repository ${repository}.`;
  const step = denied
    ? 'Let its repository policy, in the account that owns it, allow ecr:DescribeImages to the roles of ecs-autopilot.'
    : 'Create the repository, or correct its name in serverless.yml.';
  return {
    version: 1,
    id: `${repository}#repository-missing#${at.slice(0, 10)}`,
    thread: `repository#${repository}`,
    state: 'trouble',
    level: 'warning',
    at,
    headline: denied ? `repository ${repository} may not be read` : `repository ${repository} does not exist`,
    why: `${why} Its services get no new images. No other is held up.`,
    code: denied ? 'aws-refused' : 'repository-missing',
    facts: [['Repository', repository]],
    next: [step],
  };
}

/** A repository that could not be read can be. */
export function describeFoundRepository({ repository, at }: { repository: RepositoryName; at: Instant }): Notification {
  return {
    version: 1,
    id: `${repository}#repository-found#${at}`,
    thread: `repository#${repository}`,
    closes: { level: 'warning' },
    state: 'trouble',
    level: 'info',
    at,
    headline: `repository ${repository} can be read again`,
    why: 'Its services get new images again; what was pushed meanwhile is found by itself.',
    code: 'over',
    facts: [['Repository', repository]],
    next: [],
  };
}

/**
 * Old and new revision fail alike, so it is not the image: nothing is rolled back, people are paged. Where the old one fails only since the service was put
 * back on it, that is told in the thread of the deployment after which it was.
 */
export function describeIncident(incident: {
  service: ServiceKey;
  deployment: string;
  isAfterRollback?: boolean;
  reason: Reason;
  at: Instant;
}): Notification {
  const { service, deployment, isAfterRollback = false, reason, at } = incident;
  const why = isAfterRollback
    ? 'What failed before it may be free of blame.'
    : 'Going back would not help, so nothing is rolled back and the image stays free of blame.';
  return {
    version: 1,
    id: isAfterRollback ? `${deployment}#incident#${at}` : `${deployment}#incident`, // The former is told once a window, and each is news.
    service,
    deployment,
    state: 'incident',
    level: 'critical',
    at,
    headline: isAfterRollback ? `${service}: tasks fail after the rollback too` : `${service}: tasks of old and new revision fail alike`,
    why: `${sentence(reason.text)} ${why}`,
    code: reason.code,
    facts: [
      ['Service', service],
      ['Deployment', deployment],
    ],
    next: ['Check what both revisions depend on: the database, other services, secrets, the network, the health check.'],
  };
}

/** The same work failed again and again; it goes on being tried. */
export function describeTrouble(trouble: {
  service: ServiceKey;
  count: number;
  reason: string;
  until: Instant;
  at: Instant;
}): Notification {
  const { service, count, reason, until, at } = trouble;
  return {
    version: 1,
    id: `${service}#trouble#${at}`,
    service,
    thread: `${service}#trouble`,
    state: 'trouble',
    level: 'warning',
    at,
    headline: `${service}: the same work failed ${counted(count, 'time')} in a row`,
    why: `${sentence(reason)} It is tried again by itself.`,
    code: 'work-failing',
    facts: [
      ['Service', service],
      ['Failed', `${counted(count, 'time')} in a row`],
      ['Tried again', time(until)],
    ],
    next: ['If the reason names a permission or a limit, mend that; otherwise look into the logs of the function tick.'],
  };
}

/** A service is no longer managed. What runs stays as it is. */
export function describeLetGo({ service, at }: { service: ServiceKey; at: Instant }): Notification {
  return {
    version: 1,
    id: `${service}#let-go#${at}`,
    service,
    state: 'let-go',
    level: 'info',
    at,
    headline: `${service}: no longer managed`,
    why: 'The configuration says managed: false. What runs stays as it is; what waited was cancelled.',
    code: 'let-go',
    facts: [['Service', service]],
    next: ['Its key can now be removed from custom.autopilot.services.'],
  };
}

function list(label: string, names: string[]): [string, string][] {
  return names.length === 0 ? [] : [[label, names.join(', ')]];
}
