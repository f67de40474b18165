import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { rested } from '../../lib/adapters/rested.ts';
import { signedWebhook, slackWebhook } from '../../lib/adapters/webhook-posters.ts';
import type { RenderedMessage } from '../../lib/ports/chat.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { bodyOf, startEndpoint, type LocalEndpoint } from './local-endpoint.ts';

const message: RenderedMessage = { id: 'one#live', at: '2026-11-23T12:00:00.000Z', full: { blocks: [] }, plain: { text: 'plain' } };

interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
}

let other: LocalEndpoint | undefined;
afterEach(() => other?.stop());

/** The other side: answers in turn, the last one again and again. */
async function open(...answers: { status: number; body?: string; headers?: Record<string, string> }[]) {
  const heard: Heard[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    heard.push({ headers: request.headers, body: await bodyOf(request) });
    const { status, body = 'ok', headers = {} } = answers[Math.min(heard.length, answers.length) - 1] ?? { status: 200 };
    response.writeHead(status, headers).end(body);
  };
  other = await startEndpoint((request, response) => void take(request, response));
  return { heard, address: `${other.endpoint}/services/T0/B0/secret-part` };
}

/** Secrets that change when they are read anew. */
function secretsOf(...values: string[]): Secrets & { reads: boolean[] } {
  const reads: boolean[] = [];
  let index = 0;
  return {
    reads,
    read: async (_, fresh = false) => {
      reads.push(fresh);
      if (fresh) index = Math.min(index + 1, values.length - 1);
      return values[index] ?? '';
    },
  };
}

describe('a webhook', () => {
  it('is posted to once where it is taken', async () => {
    const { heard, address } = await open({ status: 200 });
    await slackWebhook(secretsOf(address), 'ssm:/slack').post(message, undefined);
    expect(heard.map(({ body }) => JSON.parse(body) as unknown)).toEqual([message.full]);
  });

  it('is not read to its end where it answers without end', async () => {
    other = await startEndpoint((_, response) => void response.writeHead(500).write('x'.repeat(300_000)));
    await expect(slackWebhook(secretsOf(other.endpoint), 'ssm:/slack').post(message, undefined)).rejects.toThrow('Slack answered 500');
  });

  it('is told in plain words what it refuses for its form', async () => {
    const { heard, address } = await open({ status: 400, body: 'invalid_blocks' }, { status: 200 });
    await slackWebhook(secretsOf(address), 'ssm:/slack').post(message, undefined);
    expect(heard.map(({ body }) => JSON.parse(body) as unknown)).toEqual([message.full, message.plain]);
  });

  it.each<[status: number, body: string, error: string, text: string]>([
    [400, 'invalid_payload', 'PermanentError', 'Slack answered 400, invalid_payload'],
    [403, 'action_prohibited', 'RefusedError', 'Slack answered 403, action_prohibited'],
    [404, 'no_service', 'RefusedError', 'Slack answered 404, no_service'],
    [410, 'channel_is_archived', 'RefusedError', 'Slack answered 410, channel_is_archived'],
    [302, '', 'RefusedError', 'Slack answered 302'],
    [429, 'rate_limited', 'BusyError', 'Slack asks to be left alone for 7 s'],
    [500, '<html>oops</html>', 'TransientError', 'Slack answered 500'],
    [503, 'service_unavailable', 'TransientError', 'Slack answered 503, service_unavailable'],
  ])('that answers %i %s ends in a %s', async (status, body, name, text) => {
    const { address } = await open({ status, body, headers: { 'retry-after': '7', location: 'https://evil.example/' } });
    const posted = slackWebhook(secretsOf(address), 'ssm:/slack').post(message, undefined);
    await expect(posted).rejects.toMatchObject({ name, message: text });
  });

  it('whose secret was changed is posted to at the new address', async () => {
    const { heard, address } = await open({ status: 404, body: 'no_service' }, { status: 200 });
    const secrets = secretsOf(address, `${address}-new`);
    await slackWebhook(secrets, 'ssm:/slack').post(message, undefined);
    expect([heard.length, secrets.reads]).toEqual([2, [false, true]]);
  });

  it.each([
    ['no address', 'hello'],
    ['plain http elsewhere', 'http://example.com/hook'],
    ['another protocol', 'file:///etc/passwd'],
  ])('whose secret is %s is refused, and the secret is not told', async (_, address) => {
    const posted = slackWebhook(secretsOf(address), 'ssm:/slack').post(message, undefined);
    await expect(posted).rejects.toMatchObject({ name: 'RefusedError', message: 'Slack: the address is no https address' });
  });

  it('that cannot be reached is tried again, and its address stands in no error', async () => {
    const { address } = await open({ status: 200 });
    await other?.stop();
    const error = await slackWebhook(secretsOf(address), 'ssm:/slack')
      .post(message, undefined)
      .then(
        () => undefined,
        (fault: Error) => fault,
      );
    expect(error).toMatchObject({ name: 'TransientError', message: 'Slack could not be reached: ECONNREFUSED' });
    expect(JSON.stringify([error?.message, error?.stack, error?.cause])).not.toContain('secret-part');
  });

  it('is signed, so that the receiver can tell who sent it and when', async () => {
    const { heard, address } = await open({ status: 204, body: '' });
    const poster = signedWebhook(secretsOf('key'), { url: address, secret: 'ssm:/key' }, () => 1_763_892_605_999);
    await poster.post({ ...message, id: 'ä one#live' }, undefined);
    const [{ headers, body } = { headers: {}, body: '' }] = heard;
    const signature = createHmac('sha256', 'key').update(`1763892605.${body}`).digest('hex');
    expect(headers).toMatchObject({
      'x-autopilot-id': '__one#live',
      'x-autopilot-timestamp': '1763892605',
      'x-autopilot-signature': `v1=${signature}`,
    });
  });
});

describe('a channel that asks to be left alone', () => {
  it('is left alone so long, and asked again then', async () => {
    const { heard, address } = await open({ status: 429, headers: { 'retry-after': '7' } }, { status: 200 });
    let nowMs = 0;
    const poster = rested(slackWebhook(secretsOf(address), 'ssm:/slack'), () => nowMs);
    await expect(poster.post(message, undefined)).rejects.toThrow('left alone for 7 s');
    nowMs = 6999;
    await expect(poster.post(message, undefined)).rejects.toThrow('not asked for another 1 s');
    expect(heard).toHaveLength(1);
    nowMs = 7000;
    await poster.post(message, undefined);
    expect(heard).toHaveLength(2);
  });
});
