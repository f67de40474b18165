import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { manifest } from '../../demo/images.ts';
import { Installation } from '../fixtures/installation.ts';
import { breaches } from '../fixtures/laws.ts';
import type { Envelope } from '../../sandbox/events/bus.ts';
import { played } from '../fixtures/scenario.ts';

const web = 'production/web';

/** Every event of a detail type from now on, as the bus has it. */
function events(here: Installation, detailType: string, wanted: (event: Envelope) => boolean = () => true): Envelope[] {
  const heard: Envelope[] = [];
  here.sandbox.onEvent((event) => {
    if (event['detail-type'] === detailType && wanted(event)) heard.push(event);
  });
  return heard;
}

async function deliver(here: Installation, name: string, event: object): Promise<void> {
  const Payload = Buffer.from(JSON.stringify(event));
  await here.aws.lambda.send(new InvokeCommand({ FunctionName: `ecs-autopilot-production-${name}`, InvocationType: 'Event', Payload }));
}

const live = ['deploying', 'baking', 'replaced', 'live'];

describe('On one service, one after the other', () => {
  let here: Installation;
  beforeAll(async () => {
    here = await Installation.settled();
  });
  afterAll(() => here.close());

  let told = 0;
  beforeEach(() => {
    told = here.states(web).length;
  });
  const statesSince = () => here.states(web).slice(told);

  it('an event that comes again and again, at the same moment and later, is one deployment', async () => {
    const pushes = events(here, 'ECR Image Action');
    await here.push('web', 'latest', 'healthy');
    const [push = {}] = pushes;
    await Promise.all([1, 2, 3].map(() => deliver(here, 'deploy-image', push)));
    await here.minutes(5);
    await deliver(here, 'deploy-image', push);
    await here.minutes(5);
    expect(here.made('ecs:UpdateService')).toHaveLength(1);
    expect(statesSince()).toEqual(live);
    expect(await here.history(web)).toHaveLength(2);
  });

  it('a copy from another region deploys as a push does, by the event of its replication', async () => {
    here.fault({ fault: 'replica', repository: 'web', image: 'latest', manifest: manifest('web replicated', 'healthy') });
    await here.minutes(5);
    expect(statesSince()).toEqual(live);
    expect((await here.history(web)).at(-1)).toMatchObject({ origin: 'replication', state: 'live' });
    expect(await here.images(await here.revision(web))).toEqual([expect.stringMatching(/^web@sha256:/)]);
  });

  it('a push whose event is lost is found by reconciliation', async () => {
    const goOn = await here.loseEventsFor('deploy-image');
    const digest = await here.push('web', 'latest', 'healthy', 'lost');
    await goOn();
    expect(statesSince()).toEqual([]);
    await here.minutes(17);
    expect(statesSince()).toEqual(live);
    expect((await here.history(web)).at(-1)).toMatchObject({ origin: 'reconciliation', images: { web: { digest, tag: 'latest' } } });
  });

  it('a storm of pushes ends on the newest, with at most one update a minute', async () => {
    const before = (await here.history(web)).length;
    const updatedAtMs: number[] = [];
    here.sandbox.onCall(({ operation }) => {
      if (operation === 'UpdateService') updatedAtMs.push(here.sandbox.clock.now().getTime());
    });
    let newest = '';
    for (let version = 1; version <= 10; version += 1) {
      newest = await here.push('web', 'latest', 'healthy', `1.${version}.0`);
      await here.sandbox.clock.advance(3000);
    }
    await here.minutes(10);
    expect(updatedAtMs).toHaveLength(2); // The first at once, the newest a minute later.
    expect((updatedAtMs[1] ?? 0) - (updatedAtMs[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(await here.images(await here.revision(web))).toEqual([`web@${newest}`]);
    expect(here.states(web).at(-1)).toBe('live');
    const ends = (await here.history(web)).slice(before).map(({ state }) => state);
    expect(ends).toEqual([...Array.from({ length: 9 }, () => 'superseded'), 'live']);
  });

  it('nothing breaks what must always hold', () => {
    expect(breaches(here)).toEqual([]);
  });
});

describe('An event that comes again', () => {
  it(
    'counts a stopped task once, and the next one condemns',
    played(async (here) => {
      const stops = events(here, 'ECS Task State Change', ({ detail }) => detail['lastStatus'] === 'STOPPED');
      await here.loseEventsFor('judge-stopped-task');
      await here.push('web', 'latest', 'crash after=60s exit=1');
      await here.minutes(2);
      const own = stops.filter(({ detail }) => String(detail['taskDefinitionArn']).endsWith('web:3'));
      const [first = {}, second = {}] = own;
      await Promise.all([1, 2, 3].map(() => deliver(here, 'judge-stopped-task', first)));
      await here.sandbox.clock.settle();
      expect(here.states(web).at(-1)).toBe('baking');
      await deliver(here, 'judge-stopped-task', second);
      await here.sandbox.clock.settle();
      expect(here.states(web).at(-1)).toBe('rolling-back');
    }),
  );
});

describe('An event that is lost', () => {
  it(
    'a completion is found by the tick',
    played(async (here) => {
      await here.loseEventsFor('follow-rollout');
      await here.push('web', 'latest', 'healthy');
      await here.minutes(10);
      expect(here.states(web)).toEqual(['live', 'deploying', 'baking', 'replaced', 'live']);
    }),
  );

  it(
    'every stop, and every change of the rollout: a bad image is rolled back all the same',
    played(async (here) => {
      await here.loseEventsFor('follow-rollout');
      await here.loseEventsFor('judge-stopped-task');
      await here.push('web', 'latest', 'crash after=60s exit=1');
      await here.minutes(20);
      expect(here.states(web).slice(-2)).toEqual(['rolling-back', 'rolled-back']);
      expect(await here.quarantine()).toHaveLength(1);
    }),
  );

  it(
    'an installation without a single event but the tick still delivers',
    played(async (here) => {
      for (const name of ['deploy-image', 'follow-rollout', 'judge-stopped-task']) await here.loseEventsFor(name);
      const digest = await here.push('web', 'latest', 'healthy');
      await here.minutes(20);
      expect(here.states(web).at(-1)).toBe('live');
      expect(await here.images(await here.revision(web))).toEqual([`web@${digest}`]);
    }),
  );
});
