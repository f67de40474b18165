import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoEnrolment } from '../../lib/adapters/dynamo-enrolment.ts';
import { dynamoHeads } from '../../lib/adapters/dynamo-heads.ts';
import type { HeadFields } from '../../lib/domain/head.ts';
import type { Sleep } from '../../lib/domain/sleep.ts';
import type { Framework } from '../../plugin/framework.ts';
import Autopilot from '../../plugin/index.ts';
import { aDeployment } from '../fakes/decision-facts.ts';
import { localOptions } from './client-options.ts';
import { startDynaliteTable, type DynaliteTable } from './dynalite-table.ts';
import { awsError, startJsonEndpoint, type JsonAnswer } from './local-endpoint.ts';

const at = '2026-11-23T20:00:00.000Z';
const sleep: Sleep = {
  since: at,
  reason: { code: 'awake-window', text: 'off' },
  state: 'asleep',
  saved: { desired: 2 },
  left: { desired: 0 },
};
const fields: HeadFields = { enrolledAt: at, verified: [], waiting: {}, seen: {}, barred: {}, owed: [] };
const letGo = { obstacle: { code: 'let-go', text: 'the service is no longer managed' } } as const;
const missing = { obstacle: { code: 'service-missing', text: 'ECS knows no service' } } as const;
const schedules = { nights: { timezone: 'UTC', awake: ['Mon-Fri 07:00-20:00'] } };
const web = { image: 'web', offPeak: 'nights' };

let table: DynaliteTable;

beforeAll(async () => {
  table = await startDynaliteTable();
  const heads = dynamoHeads(table.client, table.tableName);
  const fillers = Array.from({ length: 120 }, (_, index) => `many/service-${index}`);
  await heads.create('production/web', { ...fields, sleep });
  await heads.create('production/api', fields);
  await heads.create('production/old', { ...fields, ...letGo });
  await heads.create('production/typo', { ...fields, ...missing });
  await heads.create('production/gone', { ...fields, ...missing, current: aDeployment() });
  await heads.create('many/service-119', { ...fields, sleep });
  const services = [
    'production/web',
    'production/api',
    'production/old',
    'production/typo',
    'production/gone',
    'production/never',
    ...fillers,
  ];
  await dynamoEnrolment(table.client, table.tableName).write({ hash: 'h', services, repositories: [] });
});
afterAll(() => table.stop());

interface Ended {
  error?: { message: string; code: string };
  warnings: string[];
}

class FrameworkError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** Runs a hook of the plugin beside a framework with this configuration, whose AWS is here. */
async function hook(name: string, autopilot: object, endpoint = table.endpoint, stage = 'test'): Promise<Ended> {
  const warnings: string[] = [];
  const { budget: _, ...settings } = localOptions(endpoint);
  const framework: Framework = {
    service: {
      service: 'ecs-autopilot',
      custom: { autopilot },
      functions: {},
      provider: { compiledCloudFormationTemplate: { Resources: {} } },
    },
    serviceDir: '/nowhere',
    classes: { Error: FrameworkError },
    getProvider: () => ({ getStage: () => stage, getAwsSdkV3Config: async () => ({ ...settings, maxAttempts: 1 }) }),
  };
  const plugin = new Autopilot(framework, {}, { log: { notice: () => undefined, warning: (text) => warnings.push(text) } });
  try {
    await plugin.hooks[name]?.();
    return { warnings };
  } catch (error) {
    return { error: error as FrameworkError, warnings };
  }
}

const deploying = (services: object, more: object = { schedules }) => hook('before:deploy:deploy', { services, ...more });
const fillersOf = (offPeak: object) =>
  Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`many/service-${index}`, { image: 'web', ...offPeak }]));
const kept = { ...fillersOf({}), 'production/web': web, 'production/api': { image: 'api' }, 'production/gone': { image: 'web' } };
const without = (...keys: string[]) => Object.fromEntries(Object.entries(kept).filter(([key]) => !keys.includes(key)));
const unchecked = expect.stringContaining('could not be checked');

/** An AWS without an installation, whose ECS knows these daemons, and no cluster `nowhere`. */
const asking = async (services: object, daemons: string[], refusal?: JsonAnswer) => {
  const asked: string[][] = [];
  const aws = await startJsonEndpoint(({ operation, text }) => {
    if (operation !== 'DescribeServices') return awsError('ResourceNotFoundException', 'no table');
    const { cluster, services: names } = JSON.parse(text) as { cluster: string; services: string[] };
    asked.push(names.map((name) => `${cluster}/${name}`));
    if (cluster === 'nowhere') return awsError('ClusterNotFoundException', 'Cluster not found.');
    const found = names.map((name) => ({
      serviceName: name,
      status: name === 'deleted' ? 'INACTIVE' : 'ACTIVE',
      schedulingStrategy: daemons.includes(name) ? 'DAEMON' : 'REPLICA',
    }));
    return refusal ?? { body: { services: found } };
  });
  const ended = await hook('before:deploy:deploy', { services, schedules }, aws.endpoint);
  await aws.stop();
  return { ...ended, asked };
};

describe('before a deployment with offPeak, the plugin', () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`production/web-${index}`, web]));
  it('refuses each DAEMON service that is to sleep, and asks of no other', async () => {
    const { error, asked } = await asking({ ...many, 'production/api': { image: 'api' }, 'nowhere/web': web }, ['web-1', 'web-11', 'api']);
    expect(error?.code).toBe('AUTOPILOT_CANNOT_SLEEP');
    expect(error?.message).toContain('production/web-1 is a DAEMON service: it takes no desired count. Set offPeak: false for it.');
    expect(error?.message).toContain('production/web-11 is');
    expect(error?.message).not.toContain('api');
    expect(asked.map((names) => names.length)).toEqual([10, 2, 1]);
    expect(asked.flat()).not.toContain('production/api');
  });

  it('lets others pass, one that is let go, and one that was deleted', async () => {
    expect((await asking(many, [])).error).toBeUndefined();
    expect((await asking({ 'production/deleted': web }, ['deleted'])).error).toBeUndefined();
    expect((await asking({ 'production/web': { ...web, managed: false } }, ['web'])).asked).toEqual([]);
    expect((await asking({ 'production/web': { image: 'web' } }, ['web'])).error).toBeUndefined();
  });

  it('warns where it may not ask, and goes on', async () => {
    const { error, warnings } = await asking(
      many,
      [],
      awsError('AccessDeniedException', 'not authorized to perform: ecs:DescribeServices'),
    );
    expect(error).toBeUndefined();
    expect(warnings).toContainEqual(expect.stringMatching(/which cannot sleep, was not learnt: .*AccessDenied/));
  });
});

describe('before a deployment, the plugin', () => {
  it('lets a configuration pass that drops nobody but who was let go, was never found in ECS, or has no head', async () => {
    const { error, warnings } = await deploying(kept);
    expect(error).toBeUndefined();
    expect(warnings).not.toContainEqual(unchecked);
  });

  it.each<[name: string, services: object, says: string[], silent: string]>([
    [
      'refuses to drop a service that is asleep',
      without('production/web', 'many/service-1'),
      ['production/web is gone from custom.autopilot.services and is asleep', 'managed: false'],
      'many/service-1 ',
    ],
    [
      'refuses to drop one that is awake and managed',
      without('production/api'),
      ['production/api is gone', 'is still managed'],
      'production/web',
    ],
    ['refuses to drop one that was deleted with its deployment on record', without('production/gone'), ['production/gone is gone'], 'api'],
    [
      'refuses to take the last offPeak while a service sleeps',
      { ...kept, 'production/web': { image: 'web' } },
      ['production/web is asleep, and with this configuration', 'wake production/web --for 1h', 'many/service-119 is asleep'],
      'production/api',
    ],
    [
      'refuses mode: watch for a service that sleeps, though others may be woken',
      { ...kept, 'production/web': { ...web, mode: 'watch' }, 'production/api': { image: 'api', offPeak: 'nights' } },
      ['production/web is asleep, and with this configuration'],
      'many/',
    ],
  ])('%s', async (_, services, says, silent) => {
    const { error } = await deploying(services, JSON.stringify(services).includes('nights') ? { schedules } : {});
    expect(error?.code).toBe('AUTOPILOT_LEFT_BEHIND');
    for (const text of says) expect(error?.message).toContain(text);
    expect(error?.message).not.toContain(silent);
  });

  it('lets a service lose its offPeak, and be let go, where it can still be woken', async () => {
    const services = { ...kept, 'production/web': { image: 'web' }, 'production/api': { image: 'api', offPeak: 'nights', managed: false } };
    expect((await deploying(services)).error).toBeUndefined();
  });

  it('refuses as much for one function, whose bundle carries the configuration', async () => {
    const { error } = await hook('before:deploy:function:initialize', { services: without('production/api'), schedules });
    expect(error?.message).toContain('production/api is gone');
  });

  it('asks nothing for a first installation: there is no table', async () => {
    const { error, warnings } = await hook(
      'before:deploy:deploy',
      { services: { 'production/web': { image: 'web' } } },
      table.endpoint,
      'new',
    );
    expect(error).toBeUndefined();
    expect(warnings).not.toContainEqual(unchecked);
  });

  it('warns where it may not read, or reaches nothing, and goes on', async () => {
    const denying = await startJsonEndpoint(() => awsError('AccessDeniedException', 'not authorized to perform: dynamodb:GetItem'));
    const services = without('production/web');
    const denied = await hook('before:deploy:deploy', { services }, denying.endpoint);
    await denying.stop();
    const away = await hook('before:deploy:deploy', { services }, denying.endpoint);
    expect([denied.error, away.error]).toEqual([undefined, undefined]);
    expect(denied.warnings).toContainEqual(expect.stringMatching(/could not be checked: .*AccessDenied.*ecs-autopilot-test/));
    expect(away.warnings).toContainEqual(unchecked);
  });

  it.each(['before:package:cleanup', 'before:invoke:invoke', 'before:package:createDeploymentArtifacts'])(
    'does not ask at %s',
    async (name) => {
      expect((await hook(name, { services: without('production/web'), schedules })).error).toBeUndefined();
    },
  );
});
