import { describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../lib/domain/deployment.ts';
import { describeDeployment } from '../../lib/notifications/describe-deployment.ts';
import { aDeployment, at, policy } from '../fixtures/told-deployment.ts';

function fact(deployment: Deployment, label: string): string | undefined {
  return describeDeployment(deployment, { at }).facts.find(([name]) => name === label)?.[1];
}

describe('the console link', () => {
  it.each<[partition: string, region: string, link: string | undefined]>([
    [
      'aws',
      'eu-west-1',
      'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/production/services/my-web-app/deployments?region=eu-west-1',
    ],
    [
      'aws-cn',
      'cn-north-1',
      'https://cn-north-1.console.amazonaws.cn/ecs/v2/clusters/production/services/my-web-app/deployments?region=cn-north-1',
    ],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/ecs/v2/clusters/production/services/my-web-app/deployments?region=us-gov-west-1',
    ],
    ['aws-iso', 'us-iso-east-1', undefined],
  ])('of %s is its own', (partition, region, link) => {
    const taskDefinition = `arn:${partition}:ecs:${region}:123456789012:task-definition/my-web-app:88`;
    expect(fact(aDeployment('live', 'bake-passed', 'x', { taskDefinition }), 'Console')).toBe(link);
  });

  it('is read from the revision before, while there is no other', () => {
    expect(fact(aDeployment('deploying', 'new-image', 'x', { taskDefinition: undefined }), 'Console')).toContain('eu-west-1');
  });

  it('is left out where nothing tells the region', () => {
    expect(
      fact(aDeployment('rejected', 'barred', 'x', { taskDefinition: undefined, previousTaskDefinition: undefined }), 'Console'),
    ).toBeUndefined();
  });
});

describe('the link to the logs', () => {
  const evidence = { container: 'web', exitCode: 1, logStream: { group: '/ecs/web app', stream: 'web/web/0f9de17a' } };
  const failed = (differs: object = {}) => aDeployment('failed', 'no-target', 'x', { evidence, ...differs });
  const encoded = '#logsV2:log-groups/log-group/$252Fecs$252Fweb$2520app/log-events/web$252Fweb$252F0f9de17a';

  it.each<[partition: string, region: string, host: string]>([
    ['aws', 'eu-west-1', 'console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'console.amazonaws-us-gov.com'],
  ])('of a failure leads to the stream of the culprit, in the console of %s', (partition, region, host) => {
    const taskDefinition = `arn:${partition}:ecs:${region}:123456789012:task-definition/my-web-app:88`;
    expect(fact(failed({ taskDefinition }), 'Logs')).toBe(`https://${region}.${host}/cloudwatch/home?region=${region}${encoded}`);
  });

  const logging = (region: string) => fact(failed({ evidence: { ...evidence, logStream: { ...evidence.logStream, region } } }), 'Logs');

  it('is left out where no console of the partition is known', () => {
    expect(fact(failed({ taskDefinition: 'arn:aws-iso:ecs:us-iso-east-1:1:task-definition/web:1' }), 'Logs')).toBeUndefined();
  });

  it('leads to the region that the container logs to, unless that is none', () => {
    expect(logging('eu-central-1')).toContain('https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#');
    expect(logging('evil.example/?')).toContain('https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#');
  });

  it("leads to the service's logs where no stream is known, or nothing failed", () => {
    const page = 'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/production/services/my-web-app/logs?region=eu-west-1';
    expect(fact(failed({ evidence: undefined }), 'Logs')).toBe(page);
    expect(fact(aDeployment('live', 'bake-passed', 'x', { evidence }), 'Logs')).toBe(page);
  });

  it('is left out while there is no revision of its own', () => {
    expect(fact(aDeployment('waiting', 'too-young', 'x', { taskDefinition: undefined }), 'Logs')).toBeUndefined();
  });
});

describe('the facts', () => {
  it('say how long it took from the push', () => {
    expect(fact(aDeployment('live', 'bake-passed', 'x', { pushedAt: '2026-11-19T07:33:12.000Z' }), 'From push to live')).toBe('1 d 2 h');
    expect(fact(aDeployment('live', 'bake-passed', 'x', { pushedAt: '2026-11-20T09:36:11.999Z' }), 'From push to live')).toBe('0 s');
    expect(fact(aDeployment('live', 'bake-passed', 'x', { pushedAt: '2026-11-20T09:35:12.000Z' }), 'From push to live')).toBe('1 min');
  });

  it('say when a bake ends, if the policy is known', () => {
    const baking = aDeployment('baking', 'rollout-completed', 'x', { bakeStartedAt: at });
    expect(describeDeployment(baking, { at, policy }).facts).toContainEqual([
      'Live at',
      '2026-11-20 09:41:12 UTC, if nothing condemns it before',
    ]);
    expect(fact(baking, 'Live at')).toBeUndefined();
  });

  it('do not promise a guard that is over', () => {
    expect(fact(aDeployment('live', 'bake-passed', 'x', { guardUntil: at }), 'Guarded until')).toBeUndefined();
    expect(fact(aDeployment('live', 'bake-passed', 'x', { guardUntil: '2026-11-20T09:36:12.001Z' }), 'Guarded until')).toBe(
      '2026-11-20 09:36:12 UTC',
    );
  });

  it('name the person behind a command', () => {
    expect(
      fact(aDeployment('deploying', 'new-image', 'x', { origin: 'command', actor: 'arn:aws:iam::123456789012:user/ada' }), 'Brought by'),
    ).toBe('a command of arn:aws:iam::123456789012:user/ada');
  });
});
