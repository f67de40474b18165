import { describe, expect, it } from '@jest/globals';
import { lastCallMs } from '../../lib/adapters/call-budget.ts';
import type { Channel } from '../../lib/domain/channel.ts';
import type { Notification } from '../../lib/domain/notification.ts';
import type { ToldMessage } from '../../lib/domain/told-message.ts';
import type { MetricName } from '../../lib/domain/metric.ts';
import { PermanentError, RefusedError, TransientError } from '../../lib/errors.ts';
import { postToSlack } from '../../lib/flows/post-to-slack.ts';
import { aNotification } from '../contract/examples.ts';
import { fakePosters } from '../fakes/fake-posters.ts';
import { fakeTopic } from '../fakes/fake-topic.ts';
import { memoryPosts } from '../fakes/memory-posts.ts';

const now = new Date('2026-11-23T10:10:10.000Z');
const bot: Channel = { id: 'bot', address: { kind: 'slack-bot', token: 'ssm:/token', channel: 'C0123456789' }, level: 'info' };
const teams: Channel = { id: 'teams', address: { kind: 'teams', webhook: 'ssm:/teams' }, level: 'critical' };

const told = (
  state: 'deploying' | 'live' | 'failed',
  deployment = 'one',
  differs: Parameters<typeof aNotification>[0] = {},
): ToldMessage => ({
  id: `${deployment}-${state}`,
  notification: aNotification({
    id: `${deployment}#${state}`,
    deployment,
    state,
    level: state === 'failed' ? 'critical' : 'info',
    at: `2026-11-23T10:1${state === 'deploying' ? 0 : 1}:00.000Z`,
    ...differs,
  }),
});

function here(channels: Channel[] = [bot, teams]) {
  const { posters, sent, refusals, poison } = fakePosters();
  const [posts, topic] = [memoryPosts(), fakeTopic()];
  const logged: string[] = [];
  const counted: [MetricName, number][] = [];
  const metrics = { put: (name: MetricName, value: number) => void counted.push([name, value]) };
  let remainingMs = 60_000;
  let invocations = 0;
  const post = (messages: ToldMessage[]): Promise<string[]> => {
    invocations += 1;
    const invocation = {
      id: `invocation-${invocations}`,
      now,
      timeoutMs: 60_000,
      remainingMs: () => remainingMs,
      log: (message: string) => void logged.push(message),
    };
    return postToSlack(messages, { channels, posters, posts, topic, metrics }, invocation);
  };
  return { post, sent, refusals, poison, posts, topic, logged, counted, leave: (ms: number) => void (remainingMs = ms) };
}

const summary = ({ sent }: ReturnType<typeof here>): string[] =>
  sent.map(({ channel, message, thread }) => `${channel} ${message.id}${thread === undefined ? '' : ` in ${thread}`}`);

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
