import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Owed } from '../../lib/domain/head.ts';
import { TransientError } from '../../lib/errors.ts';
import { FlowWorld, service } from '../fakes/flow-world.ts';
import { aConfiguration, aPolicy } from '../fakes/policies.ts';

let world: FlowWorld;
const relabelled = (owed: Owed, id: string): Owed =>
  owed.kind === 'message' ? { kind: 'message', notification: { ...owed.notification, id } } : owed;

beforeEach(async () => {
  world = new FlowWorld();
  await world.verifiedBaseline();
  world.topic.told.length = 0;
});

describe('the tick and what is owed', () => {
  it('pays messages that the topic refused, each once; no rollback waits for them', async () => {
    await world.pushed('b');
    world.topic.refusal = new TransientError('SNS does not answer');
    await world.crash(3);
    expect(world.image()).toBe('a');
    expect(world.head().owed.map(({ kind }) => kind)).toEqual(['message']);
    await world.ticks(2);
    world.topic.refusal = undefined;
    await world.ticks(2);
    expect(world.told()).toEqual(['deploying', 'rolling-back']);
    expect(world.head().owed).toEqual([]);
  });

  it('goes behind all others with what cannot be paid: a topic that is gone holds up no service', async () => {
    world.topic.refusal = new TransientError('SNS does not answer');
    await world.pushed('b');
    await world.ticks(2);
    expect(world.head().owed).toHaveLength(1);
    expect(world.head().dueAt).toBe(world.now.toISOString());
  });

  it('asks a topic that does not answer no more in that minute: with many services each would wait for it', async () => {
    const keys = Array.from({ length: 20 }, (_, nth) => `production/web-${nth}`);
    world.configuration = aConfiguration([aPolicy(), ...keys.map((key) => aPolicy({ service: key }))]);
    world.topic.refusal = new TransientError('SNS does not answer');
    await world.pushed('b');
    for (const key of keys) world.table.heads.set(key, { ...world.head(), service: key });
    world.recording.calls.length = 0;
    await world.ticks(1);
    expect(world.recording.names().filter((name) => name === 'topic.tell').length).toBeLessThan(10);
    world.topic.refusal = undefined;
    await world.ticks(1);
    expect(world.head(keys[19]).owed).toEqual([]);
  });

  it('owes fifty messages at most, the loudest and newest of them, so that the head stays small enough to be written', async () => {
    world.topic.refusal = new TransientError('SNS does not answer');
    await world.pushed('b');
    await world.crash(3);
    const owed = world.head().owed;
    const quiet = owed.filter((one) => one.kind === 'message' && one.notification.level === 'info');
    expect(quiet).toHaveLength(1);
    const many = Array.from({ length: 60 }, (_, nth) => quiet.map((one) => relabelled(one, `old#${nth}`))).flat();
    world.table.heads.set(service, { ...world.head(), owed: [...owed, ...many] });
    world.services.complete(service, world.now.toISOString());
    await world.follow();
    const messages = world.head().owed.flatMap((one) => (one.kind === 'message' ? [one.notification] : []));
    expect(messages).toHaveLength(50);
    expect(messages.map(({ state }) => state)).toEqual(expect.arrayContaining(['rolling-back', 'rolled-back']));
    expect(messages.map(({ id }) => id)).toContain('old#59');
    expect(messages.map(({ id }) => id)).not.toContain('old#0');
  });

  it('loses no message of a rival that writes while others are being paid', async () => {
    world.topic.refusal = new TransientError('SNS does not answer');
    await world.pushed('b');
    world.topic.refusal = undefined;
    const tell = world.topic.tell.bind(world.topic);
    let rival = world.crash(0);
    world.topic.tell = async (notification, mail) => {
      await tell(notification, mail);
      world.topic.tell = tell;
      world.services.complete(service, world.now.toISOString());
      rival = world.follow();
      await rival;
    };
    await world.ticks(1);
    expect(new Set(world.told())).toEqual(new Set(['deploying', 'baking']));
    expect(world.head().owed).toEqual([]);
    expect(world.head().current?.state).toBe('baking');
  });
});
