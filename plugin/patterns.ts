import type { Configuration, ServicePolicy } from '../lib/domain/policy.ts';
import { localArn, ref, resolvedLength, sub } from './cloudformation.ts';
import type { Json, JsonObject } from './cloudformation.ts';
import type { EventTrigger } from './functions.ts';
import { clustersOf, grouped, repositoriesOf } from './scope.ts';
import type { Registry, Repository } from './scope.ts';

/** EventBridge takes 2,048 characters a pattern; a little is kept for how CloudFormation writes it. */
const longestPattern = 2_000;
/** A function gets no more rules than this: a bus has room for 300. */
const mostRules = 10;

/** A way to tell a function's events from others; the first of several that needs few enough rules is taken. */
interface Narrowing {
  patterns: () => JsonObject[];
  /** What packaging says when it takes this one. */
  notice?: string;
}

/** The patterns that wake a function, each short enough for one rule. `notice` says where they had to be wider than the configuration. */
export function patternsOf(trigger: EventTrigger, configuration: Configuration): { patterns: JsonObject[]; notice?: string } {
  const narrowings = triggers[trigger](configuration).map(({ patterns, notice }) => ({
    patterns: patterns(),
    ...(notice === undefined ? {} : { notice }),
  }));
  const fitting = narrowings.find(({ patterns }) => patterns.length <= mostRules);
  if (fitting === undefined) throw new Error(`No pattern of ${trigger} fits into ${mostRules} rules.`);
  return fitting;
}

const triggers = {
  'image-pushed': (configuration: Configuration): Narrowing[] => {
    const repositories = repositoriesOf(configuration);
    const registries = grouped(repositories, registryKey);
    return [
      {
        patterns: () =>
          registries.flatMap((group) =>
            packed(group, (part) =>
              imagePushed(
                part,
                part.map(({ name }) => name),
              ),
            ),
          ),
      },
      {
        patterns: () =>
          packed(
            registries.flatMap((group) => group.slice(0, 1)),
            imagePushed,
          ),
        notice: 'any push to the registries of the configuration',
      },
      { patterns: () => [imagePushed([])], notice: 'any push to any registry' },
    ];
  },
  'image-scanned': (configuration: Configuration): Narrowing[] => {
    const scanned = Object.entries(configuration.services).filter(([, { gates }]) => gates?.scan !== undefined);
    const repositories = repositoriesOf({ services: Object.fromEntries(scanned) });
    return [
      { patterns: () => [...packed(repositories, (part) => imageScanned(part)), ...packed(repositories, (part) => findingOpened(part))] },
      { patterns: () => [imageScanned(), findingOpened()], notice: 'any scan of any image' },
    ];
  },
  'rollout-changed': (configuration: Configuration): Narrowing[] => {
    const services = Object.values(configuration.services);
    return [
      { patterns: () => packed(services, (part) => rolloutChanged(part.map(({ service }) => localArn('ecs', `service/${service}`)))) },
      {
        patterns: () =>
          packed(clustersOf(configuration), (part) =>
            rolloutChanged(part.map((cluster) => ({ prefix: localArn('ecs', `service/${cluster}/`) }))),
          ),
        notice: 'any service of the clusters of the configuration',
      },
      { patterns: () => [rolloutChanged()], notice: 'any service' },
    ];
  },
  'task-stopped': (configuration: Configuration): Narrowing[] => {
    const services = Object.values(configuration.services);
    return [
      { patterns: () => grouped(services, ({ cluster }) => cluster).flatMap((group) => packed(group, taskStoppedIn)) },
      { patterns: () => packed(services, taskStoppedIn) }, // One rule for several clusters: a namesake in another of them passes too.
      {
        patterns: () => packed(clustersOf(configuration), (part) => taskStopped(anyService, part)),
        notice: 'any service of the clusters of the configuration',
      },
      { patterns: () => [taskStopped(anyService)], notice: 'any service' },
    ];
  },
};

/** As many entries a pattern as fit; ends with the first pattern too many, since the next narrowing is taken then. */
function packed<Entry>(entries: readonly Entry[], build: (part: Entry[]) => JsonObject): JsonObject[] {
  const parts: Entry[][] = [];
  for (const entry of entries) {
    const longer = [...(parts.at(-1) ?? []), entry];
    if (parts.length === 0 || resolvedLength(build(longer)) > longestPattern) parts.push([entry]);
    else parts[parts.length - 1] = longer;
    if (parts.length > mostRules) break;
  }
  return parts.map((part) => build(part)); // Not `map(build)`: the index would be taken for what narrows the pattern further.
}

function registryKey({ account, region }: Registry): string {
  return account === undefined ? '' : `${account} ${region}`; // The stack's own comes first.
}

/** Tagged pushes and arrivals by replication. Untagged children of an index wake nobody. */
function imagePushed(registries: readonly Repository[], repositories?: string[]): JsonObject {
  const accounts = registries.map(({ account }) => account ?? ref('AWS::AccountId'));
  const regions = registries.map(({ region }) => region ?? ref('AWS::Region'));
  return {
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Action', 'ECR Replication Action'],
    ...(registries.length === 0 ? {} : { account: each(accounts), region: each(regions) }),
    detail: {
      'action-type': ['PUSH', 'REPLICATE'],
      result: ['SUCCESS'],
      'image-tag': [{ 'anything-but': '' }],
      ...(repositories === undefined ? {} : { 'repository-name': repositories }),
    },
  };
}

/** Findings of Inspector that are open, of images: their resource is the image, below its repository. */
function findingOpened(repositories?: readonly Repository[]): JsonObject {
  return {
    source: ['aws.inspector2'],
    'detail-type': ['Inspector2 Finding'],
    ...(repositories === undefined ? {} : { resources: repositories.map((one) => ({ prefix: arnOf(one, '/sha256:') })) }),
    detail: { status: ['ACTIVE'], resources: { type: ['AWS_ECR_CONTAINER_IMAGE'] } },
  };
}

function arnOf({ account, region, name }: Repository, suffix = ''): JsonObject {
  return sub(`arn:\${AWS::Partition}:ecr:${region ?? '${AWS::Region}'}:${account ?? '${AWS::AccountId}'}:repository/${name}${suffix}`);
}

/** Scans that ended: basic ones tell the repository as their resource, so do those of Inspector, of which other kinds tell none. */
function imageScanned(repositories?: readonly Repository[]): JsonObject {
  return {
    source: ['aws.ecr', 'aws.inspector2'],
    'detail-type': ['ECR Image Scan', 'Inspector2 Scan'],
    ...(repositories === undefined ? {} : { resources: repositories.map((one) => arnOf(one)) }),
    detail: { 'repository-name': [{ exists: true }] },
  };
}

/** Rollouts that begin, complete or fail, and services that cannot start tasks; the steady state, which repeats, wakes nobody. */
function rolloutChanged(resources?: Json[]): JsonObject {
  return {
    source: ['aws.ecs'],
    ...(resources === undefined ? {} : { resources }),
    $or: [
      { 'detail-type': ['ECS Deployment State Change'] },
      { 'detail-type': ['ECS Service Action'], detail: { eventType: ['WARN', 'ERROR'] } },
    ],
  };
}

const anyService: Json[] = [{ prefix: 'service:' }];

function taskStoppedIn(services: readonly ServicePolicy[]): JsonObject {
  const groups = services.map(({ name }) => `service:${name}`);
  return taskStopped(each(groups), each(services.map(({ cluster }) => cluster)));
}

/** Stopped tasks but those that scaling in stopped, which are most of them. */
function taskStopped(group: Json[], clusters?: string[]): JsonObject {
  return {
    source: ['aws.ecs'],
    'detail-type': ['ECS Task State Change'],
    detail: {
      lastStatus: ['STOPPED'],
      ...(clusters === undefined ? {} : { clusterArn: clusters.map((cluster) => localArn('ecs', `cluster/${cluster}`)) }),
      group,
      $or: [{ stoppedReason: [{ 'anything-but': { prefix: 'Scaling activity initiated by' } }] }, { stoppedReason: [{ exists: false }] }],
    },
  };
}

/** Each value once. */
function each<Value extends Json>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
