import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, repository } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const hourMs = 60 * 60_000;
const services = ['web', 'api', 'jobs', 'mail'] as const;
type Name = (typeof services)[number];
const key = (name: Name): string => `production/${name}`;

let world: FlowWorld;

/** Four services on images of their own, each on its second image, live and under guard. */
beforeEach(async () => {
  const policies = services.map((name) =>
    aPolicy({ service: key(name), images: [{ repository: name, tags: { kind: 'tag', tag: 'latest' } }] }),
  );
  world = new FlowWorld(aConfiguration(policies));
  for (const [nth, name] of services.entries()) {
    world.registry.addRepository(name);
    world.registry.push(name, digest(`${nth}`), 'latest', '2026-11-20T09:00:00.000Z');
    const image = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}@${digest(`${nth}`)}`;
    world.services.add(key(name), world.taskDefinitions.add(name, { [name]: image }).arn);
  }
  await world.ticks(7);
  for (const [nth, name] of services.entries()) await world.deploy(world.push('abcd'.charAt(nth), 'latest', name));
  world.advance(30_000);
  for (const name of services) world.services.complete(key(name), world.now.toISOString());
  for (const name of services) await world.follow('SERVICE_DEPLOYMENT_COMPLETED', key(name));
  await world.ticks(6);
  world.topic.told.length = 0;
  world.services.updates.length = 0;
});

let stops = 0;
async function crash(name: Name, times = 3): Promise<void> {
  const { taskDefinition } = world.head(key(name)).current ?? {};
  for (let nth = 0; nth < times; nth += 1)
    await world.stopped(world.crashed(`stop-${(stops += 1)}`, taskDefinition, { service: key(name) }));
}

const stateOf = (name: Name): string | undefined => world.head(key(name)).current?.state;
const pages = () => world.topic.told.filter(({ level }) => level === 'critical');

describe('a dependency that fails under services in guard', () => {
  it('is an incident from the third on: those before it go back, no other does, and it is paged once in all', async () => {
    for (const name of services) await crash(name);
    expect(services.map(stateOf)).toEqual(['rolling-back', 'rolling-back', 'live', 'live']);
    expect(world.services.updates.map(({ service }) => service)).toEqual([key('web'), key('api')]);
    expect([...world.table.quarantine.keys()]).toEqual([digest('a'), digest('b')]);
    expect(pages()).toMatchObject([{ state: 'incident', code: 'incident', level: 'critical' }]);
    expect(pages()[0]).not.toHaveProperty('service');
    const failing = pages()[0]?.facts.flatMap(([label, value]) => (label === 'Failing' ? [value.split(',')[0]] : []));
    expect(failing).toEqual([key('jobs'), key('api'), key('web')]);
    expect(pages()[0]?.next.filter((line) => line.includes(digest('a')) || line.includes(digest('b')))).toHaveLength(2);
  });

  it('is on the record of each service that stays', async () => {
    for (const name of services) await crash(name);
    for (const name of ['jobs', 'mail'] as const) {
      const { current } = world.head(key(name));
      expect(current).toMatchObject({ state: 'live', incidentAt: world.now.toISOString(), reason: { code: 'bake-passed' } });
      expect(world.history(key(name)).at(-1)?.timeline.at(-1)).toMatchObject({ state: 'live', reason: { code: 'incident' } });
      expect(current?.verifiedAt).toBeDefined();
    }
  });

  it('goes on without another page or a rollback, however many stops follow and whoever looks', async () => {
    for (const name of services) await crash(name);
    for (let nth = 0; nth < 5; nth += 1) {
      world.advance(10 * 60_000);
      for (const name of ['jobs', 'mail'] as const) await crash(name, 2);
      await world.follow('SERVICE_STEADY_STATE', key('jobs'));
    }
    expect(stateOf('jobs')).toBe('live');
    expect(pages()).toHaveLength(1);
  });

  it('is paged again when it lasts longer than a window', async () => {
    for (const name of services) await crash(name);
    for (let nth = 0; nth < 5; nth += 1) {
      world.advance(hourMs / 2);
      for (const name of services) if (stateOf(name) === 'live') await crash(name);
      await world.failing.add({ service: 'other/one', at: world.now.toISOString(), digests: ['x'] });
      await world.failing.add({ service: 'other/two', at: world.now.toISOString(), digests: ['y'] });
    }
    const ids = pages().map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('is over when its verdicts are older than the window: a new one acts', async () => {
    for (const name of services.slice(0, 3)) await crash(name);
    expect(stateOf('jobs')).toBe('live');
    world.advance(2 * hourMs + 1);
    await crash('jobs');
    expect(stateOf('jobs')).toBe('rolling-back');
    expect(world.table.quarantine.has(digest('c'))).toBe(true);
  });

  it('is found by the tick too, where the stops were counted while another function acted', async () => {
    await crash('web');
    await crash('api');
    const head = world.head(key('jobs'));
    world.table.heads.set(key('jobs'), { ...head, acting: { by: 'somebody', until: world.now.toISOString() } });
    world.advance(-1);
    await crash('jobs');
    expect(pages()).toEqual([]);
    world.advance(1);
    world.table.heads.set(key('jobs'), { ...world.head(key('jobs')), dueAt: world.now.toISOString() });
    await world.tick();
    expect(stateOf('jobs')).toBe('live');
    expect(pages().map(({ state }) => state)).toEqual(['incident']);
  });

  it('pages where the first telling broke off, and the same function is tried again', async () => {
    await crash('web');
    await crash('api');
    await crash('jobs', 2);
    const { taskDefinition } = world.head(key('jobs')).current ?? {};
    const last = world.crashed('the-last', taskDefinition, { service: key('jobs') });
    const heads = world.table.heads.get(key('jobs'));
    await world.stopped(last);
    world.topic.told.length = 0;
    world.table.heads.set(key('jobs'), { ...heads, failures: world.head(key('jobs')).failures } as typeof heads & object);
    await world.stopped(last);
    expect(pages()).toHaveLength(1);
  });

  it('forgets verdicts that no window reaches any more', async () => {
    await world.failing.add({ service: 'old/one', at: '2026-11-20T00:00:00.000Z', digests: ['x'] });
    await crash('web');
    const left = await world.failing.add({ service: 'new/one', at: world.now.toISOString(), digests: ['y'] });
    expect(left.map(({ service }) => service).toSorted()).toEqual(['new/one', key('web')]);
  });
});

describe('one bad image on several services in guard', () => {
  it('is no incident: each goes back', async () => {
    const oneWay = { digests: [], asked: [digest('e')] };
    for (const name of services) {
      const head = world.head(key(name));
      const current = { ...head.current, images: { [repository]: { digest: digest('e') } }, oneWay } as NonNullable<typeof head.current>;
      world.table.heads.set(key(name), { ...head, current });
    }
    for (const name of services) await crash(name);
    expect(services.map(stateOf)).toEqual(services.map(() => 'rolling-back'));
    expect(pages()).toEqual([]);
  });
});
