import { describe, expect, it } from '@jest/globals';
import { TransientError } from '../../lib/errors.ts';
import { oneByOneMost } from '../../lib/decide/fold-messages.ts';
import { foldTold } from '../../lib/flows/fold-told.ts';
import { record } from '../../lib/flows/ledger.ts';
import { digest, FlowWorld, repository } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `production/s${String(index).padStart(2, '0')}`);

/** Services that were just installed, all running image a. */
function installed(count: number): FlowWorld {
  const world = new FlowWorld(aConfiguration(names(count).map((service) => aPolicy({ service }))));
  world.registry.push(repository, digest('a'), 'latest', '2026-11-20T09:00:00.000Z');
  for (const service of names(count)) world.addService('a', service, service.slice(11));
  return world;
}

async function verified(count: number): Promise<FlowWorld> {
  const world = installed(count);
  await world.ticks(7);
  world.topic.told.length = 0;
  return world;
}

const owing = (world: FlowWorld): string[] =>
  [...world.table.heads.values()]
    .filter(({ owed }) => owed.length > 0)
    .map(({ service }) => service)
    .toSorted();

describe('an installation', () => {
  it.each([2, 12])('of %i services is told as one message, with the list', async (count) => {
    const world = installed(count);
    await world.ticks(7);
    expect(world.told()).toEqual(['enrolled', 'live']);
    const [, told] = world.topic.told;
    expect(told).toMatchObject({
      level: 'info',
      code: 'baseline',
      services: names(count),
      headline: expect.stringMatching(`^${count} services`),
    });
    expect(told?.folded?.toSorted()).toEqual(
      names(count)
        .map((service) => `${world.head(service).current?.id}#live`)
        .toSorted(),
    );
    expect(owing(world)).toEqual([]);
  });

  it('of one service is told as that service', async () => {
    const world = installed(1);
    await world.ticks(7);
    expect(world.topic.told.at(-1)).toMatchObject({
      service: 'production/s00',
      code: 'baseline',
      headline: expect.stringContaining('the way back from now on'),
    });
  });
});

describe('what one tick tells of many services', () => {
  it('loses nothing where the topic does not take it: it is told by the next', async () => {
    const world = installed(7);
    await world.ticks(5);
    world.topic.refusal = new TransientError('SNS is away');
    await world.ticks(1);
    expect(owing(world)).toEqual(names(7));
    world.topic.refusal = undefined;
    await world.ticks(1);
    expect(world.topic.told.at(-1)?.services).toEqual(names(7));
    expect(owing(world)).toEqual([]);
  });

  it('is told as one where the same work fails on all of them', async () => {
    const world = await verified(8);
    for (const service of names(8)) {
      const head = world.head(service);
      world.table.heads.set(service, {
        ...head,
        trouble: { count: 2, reason: 'throttled', until: head.enrolledAt },
        dueAt: head.enrolledAt,
      });
    }
    world.services.read = async () => {
      throw new TransientError('ECS is away');
    };
    await world.ticks(1);
    expect(world.topic.told).toMatchObject([{ state: 'trouble', services: names(8), why: expect.stringContaining('ECS is away') }]);
  });
});

describe('many that close what was opened', () => {
  it('close it all, as loudly as the loudest', async () => {
    const world = await verified(7);
    for (const [index, service] of names(7).entries()) {
      const level = index === 3 ? 'critical' : 'warning';
      world.table.heads.set(service, { ...world.head(service), open: [{ thread: `d${index}`, level, what: 'x' }] });
    }
    await world.pushed('b');
    for (const service of names(7)) world.services.complete(service, world.now.toISOString());
    await world.ticks(7);
    const live = world.topic.told.find(({ state }) => state === 'live');
    expect(live).toMatchObject({ level: 'info', closes: { level: 'critical' } });
    expect(live?.closes?.threads?.toSorted()).toEqual(names(7).map((_, index) => `d${index}`));
  });
});

describe('a push that many services take', () => {
  it('is told as one, and not again', async () => {
    const world = await verified(9);
    await world.pushed('b');
    expect(world.topic.told).toMatchObject([{ state: 'deploying', headline: '9 services are being deployed to' }]);
    await world.ticks(1);
    expect(world.told()).toEqual(['deploying']);
    expect(owing(world)).toEqual([]);
  });

  it('is not told again of those that a tick told meanwhile', async () => {
    const world = await verified(9);
    world.topic.refusal = new TransientError('SNS is away');
    await world.pushed('b');
    world.topic.refusal = undefined;
    const [needs, invocation] = [world.needs(), world.invocation()];
    const pay = (by: typeof needs, services: string[]) =>
      Promise.all(services.map((service) => record(by, world.head(service), aPolicy({ service }), invocation)));
    await foldTold(needs, names(9), invocation, async (folding) => {
      await pay(folding, names(9));
      await pay(needs, names(2));
    });
    expect(world.topic.told.map(({ service, headline }) => service ?? headline)).toEqual([...names(2), '7 services are being deployed to']);
    expect(owing(world)).toEqual([]);
  });

  it('that none may run is one rejection, with the reason and what is left to do', async () => {
    const world = await verified(6);
    world.contents.contents.set(digest('b'), { kind: 'image', platform: { os: 'linux', architecture: 'arm64' } });
    for (const [arn, definition] of world.taskDefinitions.revisions)
      world.taskDefinitions.revisions.set(arn, { ...definition, platform: { os: 'linux', architecture: 'amd64' } });
    await world.pushed('b');
    expect(world.topic.told).toMatchObject([{ state: 'rejected', headline: '6 services did not take a new image', level: 'warning' }]);
    expect(world.topic.told[0]).toMatchObject({
      why: expect.stringContaining('built for linux/arm64'),
      next: [expect.stringContaining('Build')],
    });
  });

  it('is told one by one where they are few', async () => {
    const world = await verified(oneByOneMost);
    await world.pushed('b');
    expect(world.told()).toEqual(Array.from({ length: oneByOneMost }, () => 'deploying'));
  });
});
