import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstDigest } from '../fixtures/e2e-fleet.ts';
import { Installation } from '../fixtures/installation.ts';
import { breaches } from '../fixtures/laws.ts';

const running = ['production/web', 'production/api', 'production/front', 'production/admin', 'production/lonely', 'staging/preview'];

let here: Installation;
beforeAll(async () => {
  here = await Installation.settled();
});
afterAll(() => here.close());

// In this order: time goes on from one to the next.
describe('On the day of installation', () => {
  it('the first message says how many services are watched', () => {
    expect(here.told()[0]).toMatchObject({ state: 'enrolled', headline: 'ecs-autopilot watches 8 services' });
    expect(here.told()[0]?.facts).toContainEqual(['With a way back', '0 services']);
  });

  it('a revision that names a tag gets a copy pinned to what ran, and the service is left alone', async () => {
    const { pinnedTaskDefinition = '' } = (await here.head('production/web')).verified[0] ?? {};
    expect(await here.images(pinnedTaskDefinition)).toEqual([`web@${firstDigest('web')}`]);
    expect(here.made('ecs:RegisterTaskDefinition')).toHaveLength(1); // All others are pinned already.
    expect(await here.images(await here.revision('production/web'))).toEqual(['web:latest']);
  });

  it('nothing is deployed, and what runs is verified', async () => {
    await here.minutes(30);
    for (const service of running) {
      const head = await here.head(service);
      const name = service.split('/')[1];
      expect(head.current).toMatchObject({ state: 'live', origin: 'external' });
      expect(head.verified.map(({ state }) => state)).toEqual(['live']);
      expect(await here.revision(service)).toBe(`${name}:1`);
    }
    const told = here.told().filter(({ state }) => state === 'live');
    expect(told.flatMap(({ services = [], service = '' }) => [...services, service].filter((one) => one !== '')).toSorted()).toEqual(
      running.toSorted(),
    );
    expect(told.length).toBeLessThan(running.length); // Those that were verified at once are one message.
    expect(here.made('ecs:UpdateService')).toEqual([]);
    expect((await here.head('production/web')).current?.images).toMatchObject({ web: { digest: firstDigest('web') } });
  });

  it('a missing service and a missing repository are told, and stop no other', async () => {
    await here.minutes(30);
    const trouble = here.told().filter(({ state }) => state === 'trouble');
    expect(trouble.map(({ code, service, headline }) => [code, service, headline])).toEqual([
      ['service-missing', 'production/ghost', 'production/ghost: the service does not exist'],
      ['repository-missing', undefined, 'repository nowhere does not exist'],
    ]);
    await here.push('web', 'latest', 'healthy');
    await here.minutes(5);
    expect(here.states('production/web')).toEqual(['live', 'deploying', 'baking', 'replaced', 'live']);
  });

  it('holds to what must always hold', () => {
    expect(breaches(here)).toEqual([]);
  });
});
