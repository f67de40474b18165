import { describe, expect, it } from '@jest/globals';
import { serviceArn, settled } from '../fixtures/settled-service.ts';

const arns = (value: unknown): string[] => value as string[];

describe('operations on tasks', () => {
  it('lists running tasks unless the stopped ones are asked for', () => {
    const { ecs, pass } = settled();
    const [running] = arns(ecs('ListTasks', { cluster: 'production', serviceName: 'my-web-app' })['taskArns']);
    ecs('StopTask', { cluster: 'production', task: running, reason: 'a test' });
    pass(120);
    expect(ecs('ListTasks', { cluster: 'production', desiredStatus: 'STOPPED' })['taskArns']).toEqual([running]);
    const [other] = arns(ecs('ListTasks', { cluster: 'production' })['taskArns']);
    expect(other).not.toBe(running);
    const described = ecs('DescribeTasks', { cluster: 'production', tasks: [running, other, 'f'.repeat(32)] });
    expect(described['tasks']).toMatchObject([
      { stopCode: 'UserInitiated', stoppedReason: 'a test' },
      { lastStatus: 'RUNNING', healthStatus: 'UNKNOWN' },
    ]);
    expect(described['failures']).toMatchObject([{ reason: 'MISSING' }]);
  });

  it('runs a task on its own', () => {
    const { ecs, pass } = settled();
    ecs('RunTask', { cluster: 'production', taskDefinition: 'my-web-app', launchType: 'FARGATE', count: 2, startedBy: 'migration' });
    pass(60);
    const { taskArns } = ecs('ListTasks', { cluster: 'production', startedBy: 'migration' });
    expect(ecs('DescribeTasks', { cluster: 'production', tasks: arns(taskArns) })['tasks']).toMatchObject([
      { lastStatus: 'RUNNING', group: 'family:my-web-app' },
      { lastStatus: 'RUNNING', startedBy: 'migration' },
    ]);
  });
});

describe('operations on clusters and tags', () => {
  it('tells clusters, with a failure for a missing one', () => {
    const { ecs } = settled();
    const { clusters, failures } = ecs('DescribeClusters', { clusters: ['production', 'nowhere'] });
    expect(clusters).toMatchObject([{ clusterName: 'production', activeServicesCount: 1, runningTasksCount: 1 }]);
    expect(failures).toEqual([{ arn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/nowhere', reason: 'MISSING' }]);
    expect(ecs('ListClusters')).toEqual({ clusterArns: ['arn:aws:ecs:eu-west-1:123456789012:cluster/production'] });
  });

  it.each([
    serviceArn,
    'arn:aws:ecs:eu-west-1:123456789012:task-definition/my-web-app:1',
    'arn:aws:ecs:eu-west-1:123456789012:cluster/production',
  ])('tags and untags %s', (resourceArn) => {
    const { ecs } = settled();
    ecs('TagResource', {
      resourceArn,
      tags: [
        { key: 'team', value: 'a' },
        { key: 'tier', value: 'b' },
      ],
    });
    ecs('UntagResource', { resourceArn, tagKeys: ['tier'] });
    expect(ecs('ListTagsForResource', { resourceArn })).toEqual({ tags: [{ key: 'team', value: 'a' }] });
  });
});
