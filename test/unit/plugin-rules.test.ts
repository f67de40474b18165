import { describe, expect, it } from '@jest/globals';
import { resolved, resolvedLength } from '../../plugin/cloudformation.ts';
import { patternsOf } from '../../plugin/patterns.ts';
import { rulesFragment } from '../../plugin/rules.ts';
import { subscriptions } from '../../plugin/subscriptions.ts';
import { compilePattern } from '../../sandbox/model/event-pattern.ts';
import { fleet, valid } from '../fixtures/fleets.ts';

const services = {
  'production/web': { images: [{ repository: 'web' }, { repository: '999999999999.dkr.ecr.us-east-1.amazonaws.com/proxy' }] },
  'production/worker': { image: 'web' },
  'staging/web': { image: 'team/web' },
};
const { configuration } = valid({ services });
const patterns = (trigger: 'image-pushed' | 'rollout-changed' | 'task-stopped') =>
  patternsOf(trigger, configuration).patterns.map(resolved);

const arn = (service: string) => `arn:aws-us-gov:ecs:ap-southeast-1:123456789012:service/${service}`;

const stopped = (cluster: string, group: string[]) => ({
  source: ['aws.ecs'],
  'detail-type': ['ECS Task State Change'],
  detail: {
    lastStatus: ['STOPPED'],
    clusterArn: [`arn:aws-us-gov:ecs:ap-southeast-1:123456789012:cluster/${cluster}`],
    group,
    $or: [{ stoppedReason: [{ 'anything-but': { prefix: 'Scaling activity initiated by' } }] }, { stoppedReason: [{ exists: false }] }],
  },
});

describe('what wakes', () => {
  it('deploy-image: tagged pushes to the repositories, each in its registry', () => {
    const push = {
      source: ['aws.ecr'],
      'detail-type': ['ECR Image Action', 'ECR Replication Action'],
      detail: { 'action-type': ['PUSH', 'REPLICATE'], result: ['SUCCESS'], 'image-tag': [{ 'anything-but': '' }] },
    };
    expect(patterns('image-pushed')).toEqual([
      { ...push, account: ['999999999999'], region: ['us-east-1'], detail: { ...push.detail, 'repository-name': ['proxy'] } },
      {
        ...push,
        account: ['123456789012'],
        region: ['ap-southeast-1'],
        detail: { ...push.detail, 'repository-name': ['team/web', 'web'] },
      },
    ]);
  });

  it('follow-rollout: deployments of the services, and service actions that are no good news', () => {
    expect(patterns('rollout-changed')).toEqual([
      {
        source: ['aws.ecs'],
        resources: [arn('production/web'), arn('production/worker'), arn('staging/web')],
        $or: [
          { 'detail-type': ['ECS Deployment State Change'] },
          { 'detail-type': ['ECS Service Action'], detail: { eventType: ['WARN', 'ERROR'] } },
        ],
      },
    ]);
  });

  it('judge-stopped-task: stopped tasks of the services, but those that scaling in stopped', () => {
    expect(patterns('task-stopped')).toEqual([
      stopped('production', ['service:web', 'service:worker']),
      stopped('staging', ['service:web']),
    ]);
  });
});

describe('patterns', () => {
  it('are split where they grow too long, and lose nobody', () => {
    const { configuration: hundred } = valid(fleet(100));
    const { patterns: split, notice } = patternsOf('rollout-changed', hundred);
    const resources = split.flatMap((pattern) => (resolved(pattern) as { resources: string[] }).resources);
    expect(notice).toBeUndefined();
    expect(split.length).toBeGreaterThan(1);
    expect(split.every((pattern) => resolvedLength(pattern) <= 2_048)).toBe(true);
    expect(resources.toSorted()).toEqual(
      Object.keys(hundred.services)
        .map((key) => `arn:aws-us-gov:ecs:ap-southeast-1:123456789012:service/${key}`)
        .toSorted(),
    );
  });

  it.each<[services: number, clusters: number, narrowing: string, text: string]>([
    [11, 11, 'several clusters share a rule', '"service:team-0-service-0"'],
    [1_000, 5, 'the clusters', '{"prefix":"service:"}'],
    [1_000, 1_000, 'nothing', '{"prefix":"service:"}'],
  ])('of %i services on %i clusters are narrowed to %s', (count, clusters, _, text) => {
    const { patterns: some } = patternsOf('task-stopped', valid(fleet(count, clusters)).configuration);
    expect(some.length).toBeLessThanOrEqual(10);
    expect(JSON.stringify(some)).toContain(text);
  });
});

describe('narrowed or widened, a pattern', () => {
  const push = {
    source: 'aws.ecr',
    'detail-type': 'ECR Image Action',
    account: '123456789012',
    region: 'ap-southeast-1',
    detail: { 'action-type': 'PUSH', result: 'SUCCESS', 'repository-name': 'teams/team-3-service-3', 'image-tag': 'latest' },
  };

  it.each([10, 100, 1000, 3000])('of %i services is one that EventBridge takes, and lets a push of theirs through', (size) => {
    const many = valid(fleet(size, 3)).configuration;
    const wakes = patternsOf('image-pushed', many).patterns.map((pattern) => compilePattern(resolved(pattern)));
    expect(wakes.filter((matches) => matches(push))).toHaveLength(1);
    for (const trigger of ['rollout-changed', 'task-stopped'] as const)
      for (const pattern of patternsOf(trigger, many).patterns) expect(() => compilePattern(resolved(pattern))).not.toThrow();
  });
});

describe('rules', () => {
  const { resources } = rulesFragment(configuration, { prefix: 'ecs-autopilot-test' });

  it('are named so that one permission and one queue statement a function cover them all', () => {
    const rules = Object.values(resources).filter(({ Type }) => Type === 'AWS::Events::Rule');
    expect(rules.map(({ Properties }) => Properties['Name'])).toEqual([
      'ecs-autopilot-test-deploy-image-1',
      'ecs-autopilot-test-deploy-image-2',
      'ecs-autopilot-test-follow-rollout-1',
      'ecs-autopilot-test-judge-stopped-task-1',
      'ecs-autopilot-test-judge-stopped-task-2',
    ]);
    expect(resolved(resources['DeployImagePermission']?.Properties ?? {})).toMatchObject({
      Principal: 'events.amazonaws.com',
      SourceArn: 'arn:aws-us-gov:events:ap-southeast-1:123456789012:rule/ecs-autopilot-test-deploy-image-*',
    });
    expect(resources['DeadLettersPolicy']?.Properties['PolicyDocument']).toMatchObject({
      Statement: [{ Sid: 'DeployImage' }, { Sid: 'ApplyScan' }, { Sid: 'FollowRollout' }, { Sid: 'JudgeStoppedTask' }],
    });
  });

  it('give up after an hour, into the dead-letter queue', () => {
    expect(resources['DeployImageRule1']?.Properties['Targets']).toEqual([
      {
        Id: 'deploy-image',
        Arn: { 'Fn::GetAtt': ['DeployDashimageLambdaFunction', 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 185 },
      },
    ]);
  });
});

describe('mail', () => {
  it.each<[channel: object, filter: object | undefined, topics: string[]]>([
    [{}, undefined, ['AlertsTopic', 'AlarmsTopic']],
    [{ level: 'info' }, undefined, ['AlertsTopic', 'AlarmsTopic']],
    [{ level: 'warning' }, { level: ['warning', 'critical'] }, ['AlertsTopic', 'AlarmsTopic']],
    [{ level: 'critical', services: ['production/*'] }, { level: ['critical'], service: [{ prefix: 'production/' }] }, ['AlertsTopic']],
    [{ services: ['production/web'] }, { service: ['production/web'] }, ['AlertsTopic']],
  ])('to a channel with %j is filtered by %j', (channel, filter, topics) => {
    const { installation } = valid({ services, alerts: { channels: [{ email: 'team@example.com', ...channel }] } });
    const mails = Object.values(subscriptions(installation)).map(({ Properties }) => Properties);
    expect(mails.map(({ TopicArn }) => TopicArn)).toEqual(topics.map((Ref) => ({ Ref })));
    expect(mails[0]?.['FilterPolicy']).toEqual(filter);
    expect(mails.every(({ Protocol, Endpoint }) => Protocol === 'email' && Endpoint === 'team@example.com')).toBe(true);
  });
});
