import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Notification } from '../../lib/domain/notification.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';

let world: FlowWorld;
beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

const fact = (told: Notification | undefined, label: string) => told?.facts.find(([name]) => name === label)?.[1];

describe('what a message looks up', () => {
  it('says until when an image waits, when it begins to and an hour later', async () => {
    world.gate({ ageMs: 2 * 3_600_000 });
    await world.pushed('b');
    await world.ticks(61);
    expect(world.topic.told.map((told) => [told.level, fact(told, 'Waits until')])).toEqual([
      ['info', '2026-11-23 14:07:00 UTC, at the latest'],
      ['warning', '2026-11-23 14:07:00 UTC, at the latest'],
    ]);
  });

  it('says of a hold who ends it rather than when', async () => {
    await world.order('hold', { reason: 'release week' });
    await world.pushed('b');
    expect(fact(world.topic.told.at(-1), 'Waits until')).toBe('somebody resumes the service');
  });

  it('says how many tasks failed of how many the service runs', async () => {
    const observed = world.services.services.get(service);
    if (observed !== undefined) world.services.services.set(service, { ...observed, desiredCount: 7, runningCount: 7 });
    await world.pushed('b');
    await world.crash(3);
    expect(fact(world.topic.told.at(-1), 'Failed tasks')).toMatch(/^3 \(the service runs 7\), from /);
  });
});
