import { DeregisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { parsePassed } from '../../lib/domain/failure.ts';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

const [web, api, front] = ['production/web', 'production/api', 'production/front'];

/** Makes it happen so many times to tasks of a service, with time for ECS to start others in between. */
async function happen(here: Installation, key: string, order: object, times: number): Promise<void> {
  const [cluster, service] = key.split('/');
  for (let nth = 0; nth < times; nth += 1) {
    here.fault({ ...order, cluster, service });
    await here.minutes(0.5);
  }
}

const updatesOf = (here: Installation, key: string): unknown[] =>
  here.made('ecs:UpdateService').filter(({ input }) => (input as { service?: string }).service === key.split('/')[1]);
const pages = (here: Installation) => here.told().filter(({ level }) => level === 'critical');

describe('What is no fault of the image', () => {
  it(
    'rolls nothing back: a Spot storm, a scale-in, and what fails on three services at once, which is paged once in all',
    played(async (here) => {
      await Promise.all([
        here.push('web', 'latest', 'healthy', 'web 2'),
        here.push('api', 'main-2', 'healthy', 'api 2'),
        here.push('shop', 'latest', 'healthy', 'shop 2'), // Of the same bytes it would be the same image.
      ]);
      await here.minutes(1);
      await happen(here, web, { fault: 'spot-interruption' }, 6);
      await here.minutes(6);
      expect([web, api, front].map((key) => here.states(key).at(-1))).toEqual(['live', 'live', 'live']);

      await here.aws.ecs.send(new UpdateServiceCommand({ cluster: 'production', service: 'web', desiredCount: 1 }));
      await here.minutes(3);
      expect([...((await here.head(web)).failures ?? [])].filter((entry) => parsePassed(entry) === undefined)).toEqual([]);
      expect(updatesOf(here, web)).toHaveLength(1);

      for (const key of [web, api, front]) await happen(here, key, { fault: 'task-exit', exit: 1 }, 3);
      await here.minutes(5);
      // Two are too few to tell an outage from bad images; the third is.
      expect([web, api, front].map((key) => updatesOf(here, key).length)).toEqual([2, 2, 1]);
      expect(here.states(front)).not.toContain('rolling-back');
      const incidents = pages(here).filter(({ state }) => state === 'incident');
      expect(incidents).toMatchObject([{ code: 'incident', headline: '3 services on different images fail at the same time' }]);
      expect((await here.head(front)).current).toMatchObject({ state: 'live', incidentAt: expect.any(String) });
      expect((await here.quarantine()).map(({ service }) => service).toSorted()).toEqual([api, web]);
    }),
  );

  it(
    'rolls nothing back while old and new revision fail alike: a page, and the image stays free of blame',
    played(async (here) => {
      await here.push('api', 'main-2', 'crash after=6m exit=1');
      await here.minutes(5.5); // It is live; soon what it depends on is gone.
      await here.push('api', 'main-3', 'crash after=5s exit=1 start=100s');
      await here.minutes(4);
      expect(here.states(api).slice(-2)).toEqual(['deploying', 'incident']);
      expect(pages(here)).toMatchObject([{ service: api, code: 'incident' }]);
      expect(updatesOf(here, api)).toHaveLength(2); // Two deployments, and nothing back.
      expect(await here.quarantine()).toEqual([]);
      expect((await here.history(api)).at(-1)).toMatchObject({ state: 'deploying', incidentAt: expect.any(String) });
    }),
  );
});

describe('The way back', () => {
  it(
    'is walked for failing health checks of a load balancer, never from an image that forbids it, and to a copy of what is INACTIVE',
    played(async (here) => {
      const unreachable = await here.push('api', 'main-2', 'slow start=50s');
      const forbidding = await here.push('web', 'latest', 'crash after=5s exit=1', 'migrates', { 'autopilot.rollback': 'never' });
      await here.aws.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'front:1' }));
      await here.minutes(2);
      const reason =
        'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/api/1)';
      for (let nth = 0; nth < 6 && here.states(api).at(-1) !== 'rolling-back'; nth += 1)
        await happen(here, api, { fault: 'scheduler-stop', reason }, 1);
      await here.minutes(10);
      expect(here.states(api).slice(-2)).toEqual(['rolling-back', 'rolled-back']);
      expect(await here.quarantine()).toMatchObject([{ digest: unreachable, service: api }]);

      expect(here.states(web).at(-1)).toBe('failed');
      expect(pages(here).find(({ service }) => service === web)).toMatchObject({ code: 'rollback-disabled', state: 'failed' });
      expect(updatesOf(here, web)).toHaveLength(1);
      expect((await here.history(web)).at(-1)).toMatchObject({ state: 'failed', oneWay: { digests: [forbidding], asked: [forbidding] } });

      await here.push('shop', 'latest', 'crash after=5s exit=1');
      await here.minutes(10);
      expect(here.states(front).slice(-2)).toEqual(['rolling-back', 'rolled-back']);
      const copy = await here.revision(front);
      expect(copy).not.toBe('front:1');
      expect(await here.images(copy)).toEqual(await here.images('front:1'));
      const [verified] = (await here.head(front)).verified;
      expect(verified).toMatchObject({ state: 'live', pinnedTaskDefinition: expect.stringMatching(new RegExp(`/${copy}$`)) });
    }),
  );
});
