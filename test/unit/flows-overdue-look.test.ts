import { beforeEach, describe, expect, it } from '@jest/globals';
import { digest, FlowWorld, service } from '../fakes/flow-world.ts';

const failed = { code: 'task-failures', text: '' } as const;
const minuteMs = 60_000;
let world: FlowWorld;

// A deployment to no task: it is looked at every quarter of an hour.
beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.services.resize(service, 0, 0);
  world.services.catchUp();
  await world.pushed('b');
  await world.completed();
  await world.tick();
  await world.needs().quarantine.add({ digest: digest('c'), since: world.now.toISOString(), service, deployment: 'other', reason: failed });
});

const isDue = (): boolean => (world.head().dueAt ?? '~') <= world.now.toISOString();

describe.each<[name: string, write: () => Promise<unknown>]>([
  ['a push that is rejected', () => world.pushed('c')],
  ['an order that changes nothing', () => world.order('resume')],
  ['a task whose stop is kept as evidence', () => world.crash(1)],
])('%s', (_, write) => {
  it('puts off no look that is overdue', async () => {
    world.advance(16 * minuteMs); // Nothing was invoked meanwhile, and somebody gave the service tasks.
    world.services.resize(service, 2, 2);
    world.services.catchUp();
    const { version } = world.head();
    expect([world.head().current?.untested, isDue()]).toEqual([true, true]);
    await write();
    expect(world.head().version).toBeGreaterThan(version);
    expect(isDue()).toBe(true);
    await world.ticks(1);
    expect([world.head().current?.untested, isDue()]).toEqual([false, false]);
  });

  it('puts off no look that is to come', async () => {
    const { dueAt, version } = world.head();
    world.advance(5 * minuteMs);
    await write();
    expect(world.head().version).toBeGreaterThan(version);
    expect(world.head().dueAt).toBe(dueAt);
  });
});
