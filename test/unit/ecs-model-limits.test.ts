import { describe, expect, it } from '@jest/globals';
import { awsWorld, refusalOf } from '../fixtures/aws-calls.ts';
import { definition, named, settled, wish } from '../fixtures/settled-service.ts';

const cluster = 'production';
const throttled = /^ThrottlingException: Rate exceeded$/;
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`);

/** How many calls in a row are answered before one is throttled. */
function answered(call: () => unknown): number {
  for (let count = 0; count < 1000; count++) if (throttled.test(refusalOf(call))) return count;
  return Infinity;
}

describe('calls that come too fast', () => {
  it.each<[operation: string, input: object, burst: number, perSecond: number]>([
    ['RegisterTaskDefinition', definition(), 20, 1],
    ['DescribeTaskDefinition', { taskDefinition: 'none' }, 50, 20],
    ['UpdateService', { cluster, service: 'none' }, 50, 5],
    ['DescribeServices', { cluster, services: ['none'] }, 100, 20],
    ['ListServiceDeployments', { cluster, service: 'none' }, 50, 20],
    ['ListTasks', { cluster }, 100, 20],
    ['StopTask', { cluster, task: 'none' }, 100, 40],
    ['ListTagsForResource', { resourceArn: 'none' }, 50, 20],
  ])('of %s are refused past the burst, and taken again as the bucket fills', (operation, input, burst, perSecond) => {
    const { ecs, pass } = awsWorld([], { throttling: true });
    const call = (): unknown => ecs(operation, input);
    expect(answered(call)).toBe(burst);
    pass(1);
    expect(answered(call)).toBe(perSecond);
    pass(3600);
    expect(answered(call)).toBe(burst);
  });

  it('of one kind leave another kind alone, and share a bucket with their like', () => {
    const { ecs } = awsWorld([], { throttling: true });
    answered(() => ecs('UpdateService', { cluster, service: 'none' }));
    expect(refusalOf(() => ecs('DeleteService', { cluster, service: 'none' }))).toMatch(throttled);
    expect(refusalOf(() => ecs('DescribeServices', { cluster, services: ['none'] }))).not.toMatch(throttled);
  });

  it('are all answered unless that is switched on', () => {
    const { ecs, ecsModel } = awsWorld();
    expect(answered(() => ecs('UpdateService', { cluster, service: 'none' }))).toBe(Infinity);
    ecsModel.callLimits.on = true;
    expect(answered(() => ecs('UpdateService', { cluster, service: 'none' }))).toBe(50);
  });
});

describe('how much a call takes', () => {
  it.each<[operation: string, input: (count: number) => object, most: number]>([
    ['DescribeServices', (count) => ({ cluster, services: names(count) }), 10],
    ['DescribeTasks', (count) => ({ cluster, tasks: names(count) }), 100],
    ['DescribeClusters', (count) => ({ clusters: names(count) }), 100],
    ['DescribeServiceDeployments', (count) => ({ serviceDeploymentArns: names(count) }), 20],
    ['DescribeServiceRevisions', (count) => ({ serviceRevisionArns: names(count) }), 20],
  ])('%s has a failure for each that is missing, up to the most that it takes', (operation, input, most) => {
    const { ecs } = settled();
    expect(ecs(operation, input(most))['failures']).toHaveLength(most);
    expect(refusalOf(() => ecs(operation, input(most + 1)))).toMatch(/^InvalidParameterException: /);
  });

  it.each<[operation: string, input: object]>([
    ['ListClusters', {}],
    ['ListServices', { cluster }],
    ['ListTasks', { cluster }],
    ['ListTaskDefinitions', {}],
    ['ListTaskDefinitionFamilies', {}],
    ['ListServiceDeployments', named],
  ])('%s has pages of at most 100, and knows its own tokens only', (operation, input) => {
    const { ecs } = settled();
    expect(refusalOf(() => ecs(operation, { ...input, maxResults: 100 }))).toBe('none');
    expect(refusalOf(() => ecs(operation, { ...input, maxResults: 101 }))).toMatch(/^InvalidParameterException: /);
    expect(refusalOf(() => ecs(operation, { ...input, maxResults: 0 }))).toMatch(/^InvalidParameterException: /);
    expect(refusalOf(() => ecs(operation, { ...input, nextToken: 'made up' }))).toMatch(/^InvalidParameterException: /);
  });

  it('ListServiceDeployments answers twenty a page unless it is told otherwise', () => {
    const { ecs, pass } = settled();
    for (let i = 0; i < 20; i++) {
      ecs('UpdateService', { ...named, forceNewDeployment: true });
      pass(300);
    }
    const { serviceDeployments, nextToken } = ecs('ListServiceDeployments', named);
    expect(serviceDeployments).toHaveLength(20);
    expect(ecs('ListServiceDeployments', { ...named, nextToken })['serviceDeployments']).toHaveLength(1);
  });
});

describe('clusters', () => {
  it('are not deleted with services or tasks in them, and are INACTIVE once they are', () => {
    const { ecs, pass } = settled();
    expect(refusalOf(() => ecs('DeleteCluster', { cluster }))).toMatch(/^ClusterContainsServicesException: /);
    ecs('DeleteService', { ...named, force: true });
    pass(300);
    ecs('RunTask', { cluster, taskDefinition: 'my-web-app:1', launchType: 'FARGATE' });
    expect(refusalOf(() => ecs('DeleteCluster', { cluster }))).toMatch(/^ClusterContainsTasksException: /);
    const { taskArns } = ecs('ListTasks', { cluster });
    ecs('StopTask', { cluster, task: (taskArns as string[])[0] });
    pass(300);
    expect(ecs('DeleteCluster', { cluster })['cluster']).toMatchObject({ status: 'INACTIVE' });
    expect(ecs('ListClusters')['clusterArns']).toEqual([]);
    expect(refusalOf(() => ecs('ListServices', { cluster }))).toMatch(/^ClusterNotFoundException: /);
    expect(refusalOf(() => ecs('CreateService', wish))).toMatch(/^ClusterNotFoundException: /);
    expect(ecs('CreateCluster', { clusterName: cluster })['cluster']).toMatchObject({ status: 'ACTIVE', activeServicesCount: 0 });
  });
});
