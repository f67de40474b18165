import { describe, expect, it } from '@jest/globals';
import type { Channel } from '../../lib/domain/channel.ts';
import type { Notification } from '../../lib/domain/notification.ts';
import type { ToldMessage } from '../../lib/domain/told-message.ts';
import { TransientError } from '../../lib/errors.ts';
import { bot, here, now, summary, teams, told } from '../fakes/posting.ts';

describe('post-to-slack', () => {
  it('posts what each channel takes, one thread a deployment, in the order in which it happened', async () => {
    const world = here();
    expect(await world.post([told('live'), told('deploying'), told('failed', 'two')])).toEqual([]);
    expect(world.sent.map(({ channel }) => channel).toSorted()).toEqual(['bot', 'bot', 'bot', 'teams']);
    expect(summary(world)).toContain('teams two#failed');
    expect(summary(world).filter((line) => line.startsWith('bot one'))).toEqual([
      'bot one#deploying',
      expect.stringMatching(/^bot one#live in ts-\d$/),
    ]);
  });

  it('goes on in the thread of an earlier invocation', async () => {
    const world = here([bot]);
    await world.post([told('deploying')]);
    await world.post([told('live')]);
    expect(summary(world)).toEqual(['bot one#deploying', 'bot one#live in ts-1']);
  });

  it('posts a repeat once', async () => {
    const world = here([bot]);
    await world.post([told('live'), { ...told('live'), id: 'again' }]);
    expect(await world.post([told('live')])).toEqual([]);
    expect(summary(world)).toEqual(['bot one#live']);
  });

  it('posts the same state again when its reason is another', async () => {
    const world = here([bot]);
    await world.post([told('live'), { ...told('live', 'one', { code: 'returned-to-verified' }), id: 'back' }]);
    expect(world.sent).toHaveLength(2);
  });

  it('tells many of one state as one', async () => {
    const world = here([bot]);
    await world.post(Array.from({ length: 30 }, (_, index) => told('live', `d${index}`)));
    expect(world.sent).toHaveLength(1);
    expect(JSON.stringify(world.sent[0]?.message.full)).toContain('30 messages of production/web: live');
  });

  it('tells nobody again what was told as one and comes again in other company, for another channel was away', async () => {
    const loud: Channel = { ...teams, level: 'info' };
    const world = here([bot, loud]);
    world.refusals.set('teams', new TransientError('no answer'));
    const all = Array.from({ length: 12 }, (_, index) => told('live', `d${index}`));
    expect(await world.post(all)).toHaveLength(12);
    await world.post(all.slice(0, 4));
    await world.post([...all.slice(4), told('live', 'new')]);
    expect(world.sent.map(({ channel, message }) => `${channel} ${message.id}`)).toEqual([
      expect.stringMatching(/^bot d\d#live#12$/),
      'bot new#live',
    ]);
  });

  it('tells many as loudly as the loudest of them', async () => {
    const world = here([bot]);
    await world.post(Array.from({ length: 6 }, (_, index) => told('live', `d${index}`, { level: index === 2 ? 'warning' : 'info' })));
    expect(JSON.stringify(world.sent[0]?.message.full)).toContain('large_yellow_circle');
  });

  it('posts what is not ours plainly', async () => {
    const world = here([bot]);
    await world.post([{ id: 'a', foreign: { id: 'sns', message: 'Nobody deploys tonight', at: '2026-11-23T10:00:00.000Z' } }]);
    expect(JSON.stringify(world.sent[0]?.message.full)).toContain('Nobody deploys tonight');
  });
});

describe('the end of what was told', () => {
  const closes: NonNullable<Notification['closes']> = { level: 'critical', threads: ['one'] };

  it('is posted in the thread that it closes as well, once', async () => {
    const world = here([bot]);
    await world.post([told('failed')]);
    await world.post([told('live', 'two', { closes })]);
    await world.post([told('live', 'two', { closes })]);
    expect(summary(world)).toEqual(['bot one#failed', 'bot two#live', 'bot two#live in ts-1']);
  });

  it('is posted in no thread that was never begun, and nowhere but in its place where there are no threads', async () => {
    const hook: Channel = { id: 'hook', address: { kind: 'slack-webhook', webhook: 'ssm:/slack' }, level: 'info' };
    const world = here([bot, hook]);
    await world.post([told('live', 'two', { closes })]);
    expect(summary(world).toSorted()).toEqual(['bot two#live', 'hook two#live']);
  });

  it('reaches a channel that takes what it ends, though it is quieter', async () => {
    const world = here([teams]);
    await world.post([told('live'), told('live', 'two', { closes })]);
    expect(summary(world)).toEqual(['teams two#live']);
  });

  it('ends a thread of no deployment: what comes next begins another', async () => {
    const world = here([bot]);
    const thread = 'production/web#readiness';
    await world.post([told('failed', 'lost', { thread })]);
    await world.post([told('live', 'found', { thread, closes: { level: 'warning' } })]);
    await world.post([told('failed', 'lost-again', { thread })]);
    expect(summary(world)).toEqual(['bot lost#failed', 'bot found#live in ts-1', 'bot lost-again#failed']);
  });

  it('is tried again in the thread that it closes, and not where it was taken', async () => {
    const world = here([bot]);
    await world.post([told('failed')]);
    await world.posts.take('bot', 'one', 'somebody', now.toISOString(), '2026-11-23T10:10:50.000Z');
    expect(await world.post([told('live', 'two', { closes })])).toEqual(['two-live']);
    await world.posts.release('bot', 'one');
    expect(await world.post([told('live', 'two', { closes })])).toEqual([]);
    expect(summary(world)).toEqual(['bot one#failed', 'bot two#live', 'bot two#live in ts-1']);
  });
});

describe('what post-to-slack counts', () => {
  it.each<[name: string, messages: ToldMessage[][], sent: number]>([
    ['each message in each channel', [[told('deploying'), told('failed', 'two')]], 3],
    ['a repeat once', [[told('live'), { ...told('live'), id: 'again' }], [told('live')]], 1],
    ['of those told as one each', [Array.from({ length: 7 }, (_, index) => told('live', `d${index}`))], 7],
  ])('as sent: %s', async (_, invocations, sent) => {
    const world = here();
    for (const messages of invocations) await world.post(messages);
    expect(world.counted.every(([name]) => name === 'AlertsSent')).toBe(true);
    expect(world.counted.reduce((sum, [, value]) => sum + value, 0)).toBe(sent);
  });

  it('as failed: each attempt that no channel took, and not what was not tried', async () => {
    const world = here([bot]);
    world.refusals.set('bot', new TransientError('no answer'));
    await world.post([told('deploying'), told('live'), told('live', 'two')]);
    world.refusals.clear();
    await world.post([told('deploying')]);
    expect(world.counted).toEqual([
      ['AlertsFailed', 1],
      ['AlertsFailed', 1],
      ['AlertsSent', 1],
    ]);
  });
});
