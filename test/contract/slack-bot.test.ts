import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { slackBot } from '../../lib/adapters/slack-bot.ts';
import type { Poster, RenderedMessage } from '../../lib/ports/chat.ts';
import { fetchFromOutside } from '../../sandbox/lambda/outside-fetch.ts';
import { Outside } from '../../sandbox/outside/outside.ts';
import { bodyOf, startEndpoint, type LocalEndpoint } from './local-endpoint.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const text = (words: string, at = '2026-11-23T12:00:00.000Z'): RenderedMessage => ({
  id: words,
  at,
  full: { text: words },
  plain: { text: `plain ${words}` },
});

let outside: Outside;
let endpoint: LocalEndpoint;
const { fetch } = globalThis;

async function answerOutside(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , , host = '', ...path] = (request.url ?? '').split('/');
  const headers = request.headers as Record<string, string>;
  const read = { method: request.method ?? '', path: `/${path.join('/')}`, query: new URLSearchParams(), headers };
  const answered = await outside.answer(host, { ...read, body: Buffer.from(await bodyOf(request)) });
  response.writeHead(answered.status, answered.headers).end(answered.body);
}

/** Slack as the sandbox has it, reached as a function reaches it. */
beforeEach(async () => {
  outside = new Outside(() => now);
  endpoint = await startEndpoint((request, response) => void answerOutside(request, response));
  globalThis.fetch = fetchFromOutside(endpoint.endpoint, fetch);
});
afterEach(async () => {
  globalThis.fetch = fetch;
  await endpoint.stop();
});

/** Slack as the test says. */
function answering(answer: (body: Record<string, unknown>) => object): Record<string, unknown>[] {
  const sent: Record<string, unknown>[] = [];
  globalThis.fetch = async (_, init) => {
    const body = JSON.parse(init?.body as string) as Record<string, unknown>;
    sent.push(body);
    return Response.json(answer(body));
  };
  return sent;
}

const bot = (token = 'xoxb-1', channel = 'C0123456789'): Poster => slackBot({ read: async () => token }, { token: 'ssm:/token', channel });
const texts = () => outside.messages.map(({ body, thread, updatedAt }) => [body['text'], thread !== undefined, updatedAt !== undefined]);

describe('a bot of Slack', () => {
  it('reads the answer that repeats a long message', async () => {
    answering(() => ({ ok: true, ts: '1', message: { text: 'x'.repeat(100_000) } }));
    expect(await bot().post(text('deploying'), undefined)).toMatchObject({ message: '1' });
  });

  it('answers in the thread, and lets the first message show how it stands', async () => {
    const first = await bot().post(text('deploying'), undefined);
    const second = await bot().post(text('live', '2026-11-23T12:10:00.000Z'), first);
    expect(second).toEqual({ message: first?.message, place: 'C0123456789', shownAt: '2026-11-23T12:10:00.000Z' });
    expect(texts()).toEqual([
      ['live', false, true],
      ['live', true, false],
    ]);
  });

  it('leaves the first message as it is when a late one comes', async () => {
    const first = await bot().post(text('live'), undefined);
    expect(await bot().post(text('deploying', '2026-11-23T11:00:00.000Z'), first)).toEqual(first);
    expect(texts()).toEqual([
      ['live', false, false],
      ['deploying', true, false],
    ]);
  });

  it('loses no message because the first one cannot be updated', async () => {
    const first = await bot().post(text('deploying'), undefined);
    outside.messages.splice(0, 1);
    await bot().post(text('live'), first);
    expect(texts()).toEqual([['live', true, false]]);
  });

  it.each(['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked'])(
    'begins another thread where the first takes nothing: %s',
    async (error) => {
      const sent = answering((body) =>
        body['thread_ts'] === undefined ? { ok: true, ts: '2.0', channel: 'C0123456789' } : { ok: false, error },
      );
      const gone = { message: '1.0', place: 'C0123456789', shownAt: now.toISOString() };
      expect(await bot().post(text('live'), gone)).toEqual({ ...gone, message: '2.0', shownAt: '2026-11-23T12:00:00.000Z' });
      expect(sent.map((body) => [body['text'], body['thread_ts']])).toEqual([
        ['live', '1.0'],
        ['live', undefined],
      ]);
    },
  );

  it.each([
    ['ratelimited', 'BusyError'],
    ['rate_limited', 'BusyError'],
    ['message_limit_exceeded', 'BusyError'],
    ['org_login_required', 'TransientError'],
    ['is_archived', 'RefusedError'],
  ])('that is answered %s ends in a %s', async (error, name) => {
    answering(() => ({ ok: false, error }));
    await expect(bot().post(text('x'), undefined)).rejects.toMatchObject({ name });
  });

  it('whose token no header may hold is refused, and the token is not told', async () => {
    globalThis.fetch = fetch;
    await expect(bot('xoxb-1\nsecret').post(text('x'), undefined)).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.not.stringContaining('xoxb'),
    });
  });

  it('says in plain words what Slack refuses for its form', async () => {
    await bot().post({ ...text('x'), full: { text: 'x', blocks: [{ type: 'unknown' }] } }, undefined);
    expect(texts()).toEqual([['plain x', false, false]]);
  });

  it.each<[name: string, poster: () => Poster, error: string, message: string]>([
    ['token was revoked', () => bot('stale'), 'RefusedError', "Slack's chat.postMessage answered invalid_auth"],
    ['channel is not there', () => bot('xoxb-1', ''), 'RefusedError', "Slack's chat.postMessage answered channel_not_found"],
  ])('whose %s is refused', async (_, poster, name, message) => {
    await expect(poster().post(text('x'), undefined)).rejects.toMatchObject({ name, message });
  });

  it.each<[answer: number, name: string]>([
    [429, 'BusyError'],
    [500, 'TransientError'],
    [403, 'RefusedError'],
  ])('that is answered %i ends in a %s', async (answer, name) => {
    outside.order({ host: 'slack.com', answer, times: 1 });
    await expect(bot().post(text('x'), undefined)).rejects.toMatchObject({ name });
    await bot().post(text('x'), undefined); // Once was ordered.
  });
});
