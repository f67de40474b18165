import { describe, expect, it } from '@jest/globals';
import fc from '../fixtures/fast-check.ts';
import { compileTags } from '../../lib/config/compile-tags.ts';
import { digest, FlowWorld, repository } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

const versions = ['v1.9.0', 'v1.10.0', 'v1.2.0'];
const letters: Record<string, string> = { 'v1.9.0': 'b', 'v1.10.0': 'c', 'v1.2.0': 'd' };
const tags = compileTags({ match: '^v(?<key>.+)$', order: 'semver' });

const everyOrder = <Item>(items: Item[]): Item[][] =>
  items.length < 2 ? [items] : items.flatMap((one) => everyOrder(items.filter((other) => other !== one)).map((rest) => [one, ...rest]));

/** A world whose service runs v1.0.0 and takes the highest version. */
async function aWorld(): Promise<FlowWorld> {
  const world = new FlowWorld(aConfiguration([aPolicy({ images: [{ repository, tags }] })]));
  await world.verifiedBaseline('a', 'v1.0.0');
  return world;
}

/** What is due is done each minute, and whatever rolls out completes, until the registry was read once more. */
async function settled(world: FlowWorld): Promise<string> {
  for (let minute = 0; minute < 18; minute += 1) {
    await world.ticks(1);
    await world.completed();
  }
  return world.image();
}

describe('v1.9.0, v1.10.0 and v1.2.0 through the flows', () => {
  it.each(everyOrder(versions).map((order) => [order.join(', ')]))('pushed as %s end on v1.10.0', async (order) => {
    const world = await aWorld();
    for (const tag of order.split(', ')) {
      world.advance(20_000);
      await world.pushed(letters[tag] ?? '', tag);
    }
    expect(await settled(world)).toBe('c');
    expect(world.head().current?.images[repository]?.tag).toBe('v1.10.0');
  });
});

/** A stream of events of the three pushes: in any order, each never, once or several times, with time and ticks between them. */
const stream = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...versions) }, fc.constantFrom('tick', 'complete', 'pass')), {
  maxLength: 14,
});

async function take(world: FlowWorld, event: string): Promise<void> {
  if (event === 'tick') await world.ticks(1);
  else if (event === 'complete') await world.completed();
  else if (event === 'pass') world.advance(20_000);
  else await world.deploy(world.pushEvent(letters[event] ?? '', event));
}

describe('A thousand shuffled streams of events, through the flows', () => {
  it('with repeats and losses, end alike, on v1.10.0, and never put an older one over a newer one', async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(stream, async (events) => {
        const world = await aWorld();
        for (const tag of versions) {
          world.advance(1000);
          world.registry.push(repository, digest(letters[tag] ?? ''), tag, world.now.toISOString());
        }
        for (const event of events) await take(world, event);
        ends.add(await settled(world));
        const order = ['a', 'd', 'b', 'c'];
        const ran = world.services.updates.map(({ taskDefinition }) =>
          order.indexOf(world.taskDefinitions.revisions.get(taskDefinition)?.containers[0]?.image.split('sha256:')[1]?.charAt(0) ?? ''),
        );
        expect(ran).toEqual(ran.toSorted((a, b) => a - b));
      }),
      { numRuns: 1000 },
    );
    expect([...ends]).toEqual(['c']);
  }, 120_000);
});
