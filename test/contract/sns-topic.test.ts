import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { snsClient } from '../../lib/adapters/sns-client.ts';
import { snsTopic } from '../../lib/adapters/sns-topic.ts';
import type { Notification } from '../../lib/domain/notification.ts';
import type { Mail, Topic } from '../../lib/ports/topic.ts';
import { localOptions } from './client-options.ts';
import { aNotification } from './examples.ts';
import { bodyOf, startEndpoint, type LocalEndpoint } from './local-endpoint.ts';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:ecs-autopilot-test-alerts';
const accepted = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

let aws: LocalEndpoint | undefined;
afterEach(() => aws?.stop());

interface Published {
  subject: string;
  message: string;
  attributes: Record<string, string>;
}

/** SNS in its query protocol; what was published stands in `published`. */
async function open(answer = accepted, status = 200): Promise<{ port: Topic; published: Published[] }> {
  const published: Published[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    published.push(readPublish(new URLSearchParams(await bodyOf(request))));
    response.writeHead(status, { 'content-type': 'text/xml' }).end(answer);
  };
  aws = await startEndpoint((request, response) => void take(request, response));
  return { port: snsTopic(snsClient(localOptions(aws.endpoint, { maxAttempts: 1 })), topicArn), published };
}

function readPublish(form: URLSearchParams): Published {
  const attributes: Record<string, string> = {};
  for (let i = 1; form.has(`MessageAttributes.entry.${i}.Name`); i += 1) {
    const name = form.get(`MessageAttributes.entry.${i}.Name`) ?? '';
    attributes[name] = form.get(`MessageAttributes.entry.${i}.Value.StringValue`) ?? '';
  }
  return { subject: form.get('Subject') ?? '', message: form.get('Message') ?? '', attributes };
}

const mail: Mail = { subject: 'production/web runs latest', message: 'the mail' };

async function told(notification: Notification, differing: Partial<Mail> = {}): Promise<Published> {
  const { port, published } = await open();
  await port.tell(notification, { ...mail, ...differing });
  return published[0] as Published;
}

/** Bytes as SNS counts them: body, and name, type and value of each attribute. */
function sizeOf({ message, attributes }: Published): number {
  const texts = Object.entries(attributes).flatMap(([name, value]) => [name, 'String', value]);
  return [message, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

describe('The topic SNS', () => {
  it('publishes the mail, and the model with what to filter by', async () => {
    const notification = aNotification();
    expect(await told(notification)).toEqual({
      subject: 'production/web runs latest',
      message: 'the mail',
      attributes: {
        id: notification.id,
        service: 'production/web',
        state: 'live',
        level: 'info',
        notification: JSON.stringify(notification),
      },
    });
  });

  it('lets filters match each service of several, and the level of what is closed too', async () => {
    const { attributes } = await told(aNotification({ services: ['a/b', 'c/d'], closes: { level: 'critical' } }));
    expect(attributes).toMatchObject({ service: '["a/b","c/d"]', level: '["info","critical"]' });
    expect((await told(aNotification({ closes: { level: 'info' } }))).attributes['level']).toBe('info');
  });

  it('sends no empty attribute: a message about no single service has none for it', async () => {
    const { service: _service, ...notification } = aNotification();
    const { attributes } = await told(notification);
    expect(Object.keys(attributes).toSorted()).toEqual(['id', 'level', 'notification', 'state']);
  });

  it('sends the model in ASCII, which reads back as it was', async () => {
    const notification = aNotification({ why: 'Größe 🚀 “quoted”\n' });
    const { attributes } = await told(notification);
    expect(attributes['notification']).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(attributes['notification'] ?? '')).toEqual(notification);
  });

  it('keeps the subject on one line and under a hundred characters', async () => {
    const { subject } = await told(aNotification(), { subject: `a\r\nb\t${'c'.repeat(200)}` });
    expect(subject).toMatch(/^a b c+ …$/);
    expect(subject).toHaveLength(99);
  });

  it.each([
    [99, 99],
    [100, 99],
  ])('makes of a subject of %i characters one of %i', async (length, expected) => {
    expect((await told(aNotification(), { subject: 'c'.repeat(length) })).subject).toHaveLength(expected);
  });

  it('cuts what is too long with a mark, so that SNS takes it', async () => {
    const long = `a${'🚀'.repeat(300_000)}`; // Bytes and characters do not end together.
    const notification = aNotification({
      headline: long,
      why: long,
      facts: Array.from({ length: 3000 }, () => ['fact', long.slice(0, 300)]),
      next: [long],
    });
    const published = await told(notification, { message: long });
    expect(sizeOf(published)).toBeLessThan(262_144);
    expect(published.message).toMatch(/^a(🚀)+ …$/u);
    const model = JSON.parse(published.attributes['notification'] ?? '') as Notification;
    expect(model).toMatchObject({ id: notification.id, why: expect.stringMatching(/^a(🚀)+ …$/u) });
    expect(model.facts.at(-1)?.[0]).toBe('…');
  });

  it.each([
    ['NotFound', 404, 'RefusedError'],
    ['Throttling', 400, 'TransientError'],
    ['InternalError', 500, 'TransientError'],
  ])('throws when SNS answers %s, and names the message', async (code, status, name) => {
    const refusal = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
    const { port } = await open(refusal, status);
    await expect(port.tell(aNotification(), mail)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`tell ${aNotification().id} on ${topicArn}`),
    });
  });
});
