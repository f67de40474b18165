import type { Configuration, ServicePolicy, TagPolicy, VerifyPolicy } from '../../lib/domain/policy.ts';
import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import type { Draws } from './draws.ts';
import { good, type Images, type PushedImage } from './images.ts';
import { minuteMs, partsOf, registry } from './place.ts';

/** A service of the world, as configured and as its owner set it up. */
export interface Member {
  policy: ServicePolicy;
  repository: string;
  tags: TagPolicy;
  desiredCount: number;
  /** Whether anything checks the health of its tasks. */
  checked: boolean;
  breaker: boolean;
  /** Whether its first revision names a tag or a digest. */
  startsByTag: boolean;
}

/** Whether a service takes images of that tag: said once more, so that the product is not judged by its own answer. */
export function takes({ tags }: Member, tag: string): boolean {
  return tags.kind === 'tag' ? tag === tags.tag : tag.startsWith('main-');
}

export interface Fleet {
  members: Map<string, Member>;
  repositories: string[];
  configuration: Configuration;
}

const repositoryNames = ['web', 'api', 'jobs'];

/** Draws the services, most of them on the same few repositories. */
export function drawFleet(draws: Draws): Fleet {
  const repositories = repositoryNames.slice(0, draws.between(1, 3));
  const members = Array.from({ length: draws.between(2, 6) }, (_, index) => drawMember(draws, repositories, index));
  const services = Object.fromEntries(members.map(({ policy }) => [policy.service, policy]));
  return {
    members: new Map(members.map((member) => [member.policy.service, member])),
    repositories,
    configuration: { hash: 'sim', services, reconcile: { perMinute: draws.between(3, 10) } },
  };
}

function drawMember(draws: Draws, repositories: string[], index: number): Member {
  const repository = draws.oneOf(repositories);
  const cluster = draws.oneOf(['production', 'staging']);
  const name = `${repository}-${index + 1}`;
  const tags: TagPolicy = draws.likely(0.5) ? { kind: 'tag', tag: 'latest' } : { kind: 'glob', glob: 'main-*', pattern: '^main-.*$' };
  const service = `${cluster}/${name}`;
  const policy: ServicePolicy = {
    service,
    cluster,
    name,
    hash: `policy of ${service}`,
    images: [{ repository, tags }],
    base: draws.likely(0.8) ? 'service' : 'family',
    verify: drawVerify(draws),
    mode: draws.likely(0.95) ? 'deploy' : 'watch',
    managed: true,
    historyMs: 90 * 24 * 60 * minuteMs,
  };
  return {
    policy,
    repository,
    tags,
    desiredCount: draws.weighted([
      [1, 0],
      [4, 1],
      [4, 2],
      [2, 4],
    ]),
    checked: draws.likely(0.5),
    breaker: draws.likely(0.35),
    startsByTag: draws.likely(0.4),
  };
}

function drawVerify(draws: Draws): VerifyPolicy {
  return {
    failures: draws.between(2, 3),
    sharePercent: 10,
    withinMs: 10 * minuteMs,
    bakeMs: draws.between(2, 5) * minuteMs,
    guard: { forMs: draws.between(20, 60) * minuteMs, withinMs: 25 * minuteMs },
    timeoutMs: draws.between(8, 15) * minuteMs,
    rollback: draws.likely(0.93),
    external: draws.likely(0.5) ? 'tell' : 'rollback',
  };
}

/** Creates what was there before the product: an image in each repository, and the services that run it. */
export function settleFleet({ members, repositories }: Fleet, ecs: EcsModel, images: Images): void {
  for (const repository of repositories) images.open(repository);
  const first = new Map(repositories.map((repository) => [repository, images.push(repository, good, ['latest', 'main-0'])]));
  for (const member of members.values()) {
    const image = first.get(member.repository) as PushedImage;
    const { cluster, name } = partsOf(member.policy.service);
    ecs.createCluster(cluster);
    const reference = `${registry}/${member.repository}${member.startsByTag ? ':latest' : `@${image.digest}`}`;
    const definition = ecs.definitions.register({ family: name, containerDefinitions: [containerOf(reference, member)], ...fargate });
    const breaker = member.breaker ? { deploymentCircuitBreaker: { enable: true, rollback: true } } : {};
    ecs.createService({
      cluster,
      serviceName: name,
      taskDefinition: definition.arn,
      desiredCount: member.desiredCount,
      launchType: 'FARGATE',
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100, ...breaker },
    });
  }
}

const fargate = { requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512' };

/** The one container that each service has. */
export function containerOf(image: string, { checked }: Member): Record<string, unknown> {
  const healthCheck = { command: ['CMD-SHELL', 'true'], interval: 10, retries: 2 };
  return { name: 'app', image, essential: true, ...(checked ? { healthCheck } : {}) };
}
