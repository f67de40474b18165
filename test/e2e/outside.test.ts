import {
  DeleteServiceCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

const web = 'production/web';

/** A revision of production/web that another tool registers, by digest. */
async function registerOther(here: Installation, run: string): Promise<string> {
  const digest = await here.push('elsewhere', 'other', run);
  const { taskDefinition } = await here.aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:1' }));
  const { family, cpu, memory, networkMode, requiresCompatibilities, executionRoleArn, containerDefinitions = [] } = taskDefinition ?? {};
  const image = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/elsewhere@${digest}`;
  const registered = await here.aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      cpu,
      memory,
      networkMode,
      requiresCompatibilities,
      executionRoleArn,
      containerDefinitions: containerDefinitions.map((container) => ({ ...container, image })),
    }),
  );
  return registered.taskDefinition?.taskDefinitionArn ?? '';
}

describe('A deployment that somebody else makes', () => {
  it(
    'is adopted as external, told with how to go back, and verified like ours',
    played(async (here) => {
      const revision = await registerOther(here, 'healthy');
      await here.aws.ecs.send(new UpdateServiceCommand({ cluster: 'production', service: 'web', taskDefinition: revision }));
      await here.minutes(5);
      expect(here.states(web)).toEqual(['live', 'external', 'baking', 'replaced', 'live']);
      expect(here.told(web).find(({ state }) => state === 'external')).toMatchObject({ level: 'warning', code: 'external' });
      expect((await here.history(web)).at(-1)).toMatchObject({ origin: 'external', state: 'live' });
      expect(here.made('ecs:UpdateService')).toEqual([]);
    }),
  );

  it(
    'and that fails is told and paged, and left alone: verify.external is tell',
    played(async (here) => {
      const revision = await registerOther(here, 'crash after=5s exit=1');
      await here.aws.ecs.send(new UpdateServiceCommand({ cluster: 'production', service: 'web', taskDefinition: revision }));
      await here.minutes(10);
      expect(here.told(web).slice(-2)).toMatchObject([
        { state: 'external', level: 'warning' },
        { state: 'failed', level: 'critical', code: 'rollback-disabled' },
      ]);
      expect(here.made('ecs:UpdateService')).toEqual([]);
    }),
  );

  it(
    'and a person who goes back by hand while ours is under way is adopted: nothing is done twice',
    played(async (here) => {
      await here.push('web', 'latest', 'slow start=5m');
      await here.minutes(1);
      await here.aws.ecs.send(new UpdateServiceCommand({ cluster: 'production', service: 'web', taskDefinition: 'web:2' }));
      await here.minutes(10);
      expect(here.states(web)).toEqual(['live', 'deploying', 'rolling-back', 'rolled-back']);
      expect(here.made('ecs:UpdateService')).toHaveLength(1);
      expect(await here.revision(web)).toBe('web:2'); // The copy of what ran that is pinned by digest.
    }),
  );
});

describe('The ECS of these tests', () => {
  it(
    'answers for some seconds what was there before, as AWS does',
    played(async (here) => {
      await here.aws.ecs.send(new UpdateServiceCommand({ cluster: 'production', service: 'front', desiredCount: 3 }));
      const told: unknown[] = [];
      for (let read = 0; read < 20; read++) told.push((await here.service('production/front')).desiredCount);
      expect(new Set(told)).toContain(2);
      await here.minutes(1);
      expect((await here.service('production/front')).desiredCount).toBe(3);
    }),
  );
});

describe('Two services on one repository', () => {
  it(
    'each deploy the push, with their own containers',
    played(async (here) => {
      const digest = await here.push('shop', 'latest', 'healthy');
      await here.minutes(5);
      for (const service of ['production/front', 'production/admin']) {
        expect(here.states(service).at(-1)).toBe('live');
        expect(await here.images(await here.revision(service))).toEqual([`shop@${digest}`]);
      }
      expect((await here.history('production/ghost')).at(-1)).toMatchObject({ state: 'rejected', reason: { code: 'service-missing' } });
    }),
  );

  it(
    'do not stop each other: one is deleted, the other goes live',
    played(async (here) => {
      await here.aws.ecs.send(new DeleteServiceCommand({ cluster: 'production', service: 'admin', force: true }));
      await here.minutes(1); // Until ECS shows it: before that, UpdateService is what refuses.
      await here.push('shop', 'latest', 'healthy');
      await here.minutes(5);
      expect(here.states('production/front').at(-1)).toBe('live');
      const rejected = (await here.history('production/admin')).at(-1);
      expect(rejected).toMatchObject({ state: 'rejected', reason: { code: 'service-inactive' } });
      expect(here.told('production/admin').slice(1)).toMatchObject([{ state: 'trouble', code: 'service-inactive' }]);
    }),
  );
});

/** The product's writing calls for one service of the fleet. */
const changesOf = (here: Installation, name: string) =>
  here.calls.filter(
    ({ operation, input }) =>
      /^(Update|Register)/.test(operation) && JSON.stringify(input).includes(name) && !('TableName' in (input as object)),
  );

describe('Beside each other', () => {
  it(
    'a service of another kind leaves a reason and one alert, however many images come; mode watch records and tells what would be done, and changes nothing',
    played(async (here) => {
      const digest = await here.push('preview', 'latest', 'healthy');
      for (const version of ['2', '3', '4']) {
        await here.push('legacy', 'latest', 'healthy', version);
        await here.minutes(5);
      }
      const told = here.told('production/legacy');
      expect(told).toMatchObject([{ state: 'unsupported', code: 'unsupported-kind', level: 'warning' }]);
      const rejected = await here.history('production/legacy');
      expect(rejected.map(({ state, reason }) => [state, reason.code])).toEqual(
        Array.from({ length: 3 }, () => ['rejected', 'unsupported-kind']),
      );
      expect(here.told('staging/preview').at(-1)).toMatchObject({ state: 'rejected', code: 'watch-only' });
      expect((await here.history('staging/preview')).at(-1)).toMatchObject({ state: 'rejected', images: { preview: { digest } } });
      expect(await here.revision('staging/preview')).toBe('preview:1');
      expect([changesOf(here, 'legacy'), changesOf(here, 'preview'), here.made('ecs:UpdateService')]).toEqual([[], [], []]);
    }),
  );
});
