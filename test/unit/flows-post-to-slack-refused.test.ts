import { describe, expect, it } from '@jest/globals';
import { lastCallMs } from '../../lib/adapters/call-budget.ts';
import { PermanentError, RefusedError, TransientError } from '../../lib/errors.ts';
import { bot, here, now, summary, told } from '../fakes/posting.ts';

describe('post-to-slack, where a channel does not take it', () => {
  it.each<[name: string, error: Error]>([
    ['is away', new TransientError('no answer')],
    ['refuses', new RefusedError('Slack answered 404', '404')],
  ])('that %s, has its messages again and holds up no other channel', async (_, error) => {
    const world = here();
    world.refusals.set('bot', error);
    expect(await world.post([told('failed'), told('deploying', 'two'), told('live', 'two')])).toEqual([
      'one-failed',
      'two-deploying',
      'two-live',
    ]);
    expect(summary(world)).toEqual(['teams one#failed']);
  });

  it('asks a channel that is away twice an invocation, for it may have been the message', async () => {
    const world = here([bot]);
    world.refusals.set('bot', new TransientError('no answer'));
    await world.post([told('deploying'), told('live'), told('failed', 'two')]);
    expect(world.logged.filter((message) => message === 'not posted')).toHaveLength(2);
  });

  it.each<[name: string, error: Error]>([
    ['refuses', new RefusedError('answered 403', '403')],
    ['stumbles over', new TransientError('answered 500')],
  ])('that %s one message alone gets all others, and people hear of it once', async (_, error) => {
    const world = here([bot]);
    world.poison.set('one#deploying', error);
    const others = [told('live', 'two'), told('live', 'three')];
    for (let round = 0; round < 3; round += 1) expect(await world.post([told('deploying'), ...others])).toEqual(['one-deploying']);
    expect(summary(world)).toEqual(['bot three#live', 'bot two#live']);
    expect(world.topic.told.map(({ code }) => code)).toEqual(error instanceof RefusedError ? ['channel-refused', 'channel-recovered'] : []);
  });

  it('posts what follows a message that is taken in no form', async () => {
    const world = here([bot]);
    world.refusals.set('bot', new PermanentError('msg_too_long'));
    await world.post([told('deploying'), told('live', 'two')]);
    expect(world.logged.filter((message) => message === 'not posted')).toHaveLength(2);
    expect(world.topic.told).toEqual([]);
  });

  it('is told of when it takes a message in no form again and again', async () => {
    const world = here([bot]);
    world.refusals.set('bot', new PermanentError('Slack answered 400, invalid_payload'));
    for (const attempt of [1, 2]) await world.post([{ ...told('live'), attempt }]);
    expect(world.topic.told).toEqual([]);
    for (const attempt of [3, 4]) await world.post([{ ...told('live'), attempt }]);
    expect(world.topic.told).toMatchObject([{ code: 'channel-refused', why: expect.stringContaining('answered 400, invalid_payload') }]);
  });

  it('is told once on the topic, and once more when it takes messages again', async () => {
    const world = here([bot]);
    world.refusals.set('bot', new RefusedError('Slack answered 404, no_service', '404'));
    await world.post([told('deploying')]);
    await world.post([told('deploying')]);
    expect(world.topic.told).toMatchObject([{ code: 'channel-refused', level: 'warning', why: expect.stringContaining('no_service') }]);
    world.refusals.clear();
    await world.post([told('deploying')]);
    await world.post([told('live')]);
    expect(world.topic.told).toMatchObject([{ code: 'channel-refused' }, { code: 'channel-recovered', level: 'info' }]);
    expect(summary(world)).toEqual(['bot one#deploying', 'bot one#live in ts-1']);
  });

  it('tells of it again when the topic did not take it', async () => {
    const world = here([bot]);
    world.refusals.set('bot', new RefusedError('Slack answered 404', '404'));
    world.topic.refusal = new TransientError('SNS is away');
    await world.post([told('deploying')]);
    world.topic.refusal = undefined;
    await world.post([told('deploying')]);
    expect(world.topic.told).toHaveLength(1);
  });

  it('tells that it takes messages again by the next one, when the topic did not take it', async () => {
    const world = here([bot]);
    world.refusals.set('bot', new RefusedError('Slack answered 404', '404'));
    await world.post([told('deploying')]);
    world.refusals.clear();
    world.topic.refusal = new TransientError('SNS is away');
    await world.post([told('deploying')]);
    world.topic.refusal = undefined;
    await world.post([told('live')]);
    expect(world.topic.told).toMatchObject([{ code: 'channel-refused' }, { code: 'channel-recovered' }]);
  });

  it('leaves to somebody else what that one is posting', async () => {
    const world = here([bot]);
    await world.posts.take('bot', 'one', 'somebody', now.toISOString(), '2026-11-23T10:10:50.000Z');
    expect(await world.post([told('live'), told('live', 'two')])).toEqual(['one-live']);
    expect(summary(world)).toEqual(['bot two#live']);
  });

  it('records each post that it begins, however slowly it is taken', async () => {
    const world = here([bot]);
    const write = world.posts.write.bind(world.posts);
    let leftMs = 60_000;
    world.posts.write = async (...written) => {
      leftMs -= 11_000; // Two requests of five seconds and more.
      world.leave(leftMs);
      if (leftMs < lastCallMs) throw new TransientError('no call is begun in the last 10 s of a function');
      await write(...written);
    };
    const all = [1, 2, 3, 4, 5].map((index) => told('live', `d${index}`));
    const left = await world.post(all);
    expect(left.length + world.posts.posted.size).toBe(5);
    expect(world.sent).toHaveLength(world.posts.posted.size);
  });

  it('begins no post for which the time does not suffice', async () => {
    const world = here([bot]);
    world.leave(24_999);
    expect(await world.post([told('live')])).toEqual(['one-live']);
    world.leave(25_000);
    expect(await world.post([told('live')])).toEqual([]);
  });
});
