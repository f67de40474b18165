import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../fixtures/installation.ts';
import { breaches } from '../fixtures/laws.ts';
import { played } from '../fixtures/scenario.ts';

const web = 'production/web';

const rolledBack = ['rolling-back', 'rolled-back'];

/** That production/web is back on what it ran, by one call, and on record as rolled back. */
async function expectBack(here: Installation, digest: string, updatesBefore: number, code = 'task-failures'): Promise<void> {
  const { taskDefinition, pinnedTaskDefinition = taskDefinition, id } = (await here.head(web)).verified[0] ?? {};
  expect((await here.service(web)).taskDefinition).toBe(pinnedTaskDefinition);
  expect(here.made('ecs:UpdateService')).toHaveLength(updatesBefore + 2); // There, and back.
  const condemned = (await here.history(web)).at(-1);
  expect(condemned).toMatchObject({ state: 'rolled-back', images: { web: { digest } }, rollback: { to: id } });
  expect(condemned?.timeline.find(({ state }) => state === 'rolling-back')?.reason.code).toBe(code);
}

describe('On one service, one after the other, a push that is bad', () => {
  let here: Installation;
  beforeAll(async () => {
    here = await Installation.settled();
  });
  afterAll(() => here.close());

  it.each<[name: string, run: string, states: string[], minutes: number]>([
    ['crashes before the rollout completes', 'crash after=5s exit=1', ['deploying'], 10],
    ['crashes after the rollout completed, within the bake', 'crash after=60s exit=1', ['deploying', 'baking'], 10],
    ['runs out of memory', 'oom after=5s', ['deploying'], 10],
    ['never gets healthy', 'unhealthy', ['deploying'], 10],
  ])('and %s is rolled back, and its digest is in quarantine', async (_name, run, states, minutes) => {
    const [told, updates] = [here.states(web).length, here.made('ecs:UpdateService').length];
    const digest = await here.push('web', 'latest', run);
    await here.minutes(minutes);
    expect(here.states(web).slice(told)).toEqual([...states, ...rolledBack]);
    await expectBack(here, digest, updates);
    expect((await here.quarantine()).find((entry) => entry.digest === digest)).toMatchObject({
      service: web,
      reason: { code: 'task-failures' },
    });
  });

  it.each<[name: string, run: string, code: string]>([
    ['does not start in time', 'slow start=1h', 'rollout-overdue'],
    ['cannot be pulled', 'cannot-pull', 'task-failures'],
  ])('and %s is rolled back and barred for that service, for the cause may be another', async (_name, run, code) => {
    const [told, updates, quarantined] = [here.states(web).length, here.made('ecs:UpdateService').length, await here.quarantine()];
    const digest = await here.push('web', 'latest', run);
    await here.minutes(15);
    expect(here.states(web).slice(told).slice(-2)).toEqual(rolledBack);
    await expectBack(here, digest, updates, code);
    expect(await here.quarantine()).toEqual(quarantined);
    expect(Object.keys((await here.head(web)).barred)).toContain(digest);
  });

  it('is followed by a good one, which goes live', async () => {
    const digest = await here.push('web', 'latest', 'healthy');
    await here.minutes(5);
    expect(here.states(web).slice(-3)).toEqual(['baking', 'replaced', 'live']);
    expect(await here.images(await here.revision(web))).toEqual([`web@${digest}`]);
  });

  it('and crashes ten minutes after its rollout, under guard, is rolled back too', async () => {
    const [told, updates] = [here.states(web).length, here.made('ecs:UpdateService').length];
    const digest = await here.push('web', 'latest', 'crash after=11m exit=1');
    await here.minutes(40);
    expect(here.states(web).slice(told)).toEqual(['deploying', 'baking', 'replaced', 'live', ...rolledBack]);
    await expectBack(here, digest, updates);
  });

  it('breaks nothing that must always hold', () => {
    expect(breaches(here)).toEqual([]);
  });
});

describe('A push that is bad', () => {
  it(
    'does not come back under another tag: rejected with the reason, and nothing is deployed',
    played(async (here) => {
      const digest = await here.push('api', 'main-2', 'crash after=5s', 'bad');
      await here.minutes(10);
      const updates = here.made('ecs:UpdateService').length;
      expect(await here.push('api', 'main-3', 'crash after=5s', 'bad')).toBe(digest);
      await here.minutes(30);
      expect(here.made('ecs:UpdateService')).toHaveLength(updates);
      expect(here.states('production/api').slice(-2)).toEqual(['rolled-back', 'rejected']);
      expect(here.told('production/api').at(-1)).toMatchObject({ code: 'quarantined', level: 'warning' });
      const rejected = (await here.history('production/api')).filter(({ state }) => state === 'rejected');
      expect(rejected).toMatchObject([
        {
          reason: { code: 'quarantined' },
          images: { api: { digest, tag: 'main-3' } },
        },
      ]);
    }),
  );

  it(
    'on one service is taken by no other',
    played(async (here) => {
      await here.push('web', 'latest', 'crash after=5s', 'bad');
      await here.minutes(10);
      await here.push('shop', 'latest', 'crash after=5s', 'bad');
      await here.minutes(10);
      for (const service of ['production/front', 'production/admin']) {
        expect(here.states(service)).toEqual(['live', 'rejected']);
        expect(await here.revision(service)).toMatch(/:1$/);
      }
    }),
  );

  it(
    'and that ECS itself goes back from is adopted: one rollback, not two',
    played(async (here) => {
      const admin = 'production/admin';
      const digest = await here.push('shop', 'latest', 'crash after=5s exit=1');
      await here.minutes(20);
      expect(here.states(admin)).toEqual(['live', 'deploying', 'rolling-back', 'rolled-back']);
      const updates = here.made('ecs:UpdateService').filter(({ input }) => JSON.stringify(input).includes('/admin'));
      expect(updates).toHaveLength(1);
      expect(await here.revision(admin)).toBe('admin:1');
      const condemned = (await here.history(admin)).at(-1);
      expect(condemned).toMatchObject({ state: 'rolled-back', images: { shop: { digest } }, rollback: { native: true } });
    }),
  );
});
