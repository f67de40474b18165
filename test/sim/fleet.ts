import type { Configuration, ImagePolicy, ServicePolicy } from '../../lib/domain/policy.ts';
import type { EcsModel } from '../../sandbox/model/ecs/model.ts';
import { good, type Images } from './images.ts';
import type { Nights } from './nights/nights.ts';
import { partsOf, registry } from './place.ts';

/** A service of the world, as configured and as its owner set it up. */
export interface Member {
  /** As the configuration has it now: it may change in the middle. */
  policy: ServicePolicy;
  /** Which container runs the image of which repository. */
  containers: Record<string, string>;
  desiredCount: number;
  /** Whether anything checks the health of its tasks. */
  checked: boolean;
  breaker: boolean;
  /** Whether its first revision names a tag or a digest. */
  startsByTag: boolean;
  /** Whether it runs on ARM64. */
  arm: boolean;
  /** Whether its tasks hold a container of somebody else's beside ours. */
  helped: boolean;
}

export interface Fleet {
  members: Map<string, Member>;
  repositories: string[];
  /** Those on which pushes are scanned. */
  scanned: string[];
  /** As it is deployed now. */
  configuration: Configuration;
  /** How its services sleep. Absent: none does. */
  nights?: Nights;
}

/** Creates what was there before the product: an image in each repository, and the services that run it. */
export function settleFleet({ members, repositories, scanned }: Fleet, ecs: EcsModel, images: Images): void {
  for (const repository of repositories) images.open(repository, scanned.includes(repository));
  const first = new Map(
    repositories.map((repository) => [repository, images.push(repository, good, ['latest', 'main-0', 'build-0', 'v1.0.0'])]),
  );
  for (const member of members.values()) {
    const { cluster, name } = partsOf(member.policy.service);
    ecs.createCluster(cluster);
    const references = member.policy.images.map(({ repository }) => {
      const digest = first.get(repository)?.digest ?? '';
      return [repository, referenceTo(repository, member.startsByTag ? ':latest' : `@${digest}`)] as const;
    });
    const definition = ecs.definitions.register(documentOf(name, member, Object.fromEntries(references)));
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

/** A reference to an image of the account's registry. */
export function referenceTo(repository: string, tagOrDigest: string): string {
  return `${registry}/${repository}${tagOrDigest}`;
}

/** The container of a service that runs the image of a repository. */
export function containerOf({ containers }: Member, { repository }: Pick<ImagePolicy, 'repository'>): string {
  return containers[repository] ?? 'app';
}

// Members that nobody knows stand for whatever AWS adds next year: a copy is to keep them.
const fargate = { requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512' };
const ofTomorrow = { futureOption: { nested: [1, { deep: 'yes' }] } };

/** A revision of a service with these images, by repository. */
export function documentOf(family: string, member: Member, images: Record<string, string>): Record<string, unknown> {
  const { checked, arm, helped } = member;
  const healthCheck = { command: ['CMD-SHELL', 'true'], interval: 10, retries: 2 };
  const containers = Object.entries(images).map(([repository, image], index) => ({
    name: containerOf(member, { repository }),
    image,
    essential: true,
    environment: [{ name: 'ROLE', value: String(index) }],
    ...(checked ? { healthCheck } : {}),
  }));
  const helper = { name: 'helper', image: 'public.ecr.aws/acme/helper:1', essential: false, ...ofTomorrow };
  return {
    family,
    containerDefinitions: helped ? [...containers, helper] : containers,
    tags: [{ key: 'team', value: family }],
    ...fargate,
    ...ofTomorrow,
    ...(arm ? { runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' } } : {}),
  };
}
