import { describe, expect, it } from '@jest/globals';
import { parseToldMessages } from '../../lib/events/told-messages.ts';
import { PermanentError } from '../../lib/errors.ts';
import { aNotification } from '../contract/examples.ts';

const at = '2026-11-23T10:10:05.123Z';
const notification = aNotification({
  services: ['production/web', 'production/api'],
  folded: ['one#live', 'two#live'],
  thread: 'production/web#sleep',
  closes: { level: 'critical', threads: ['one'] },
  log: { title: 'Last lines of web', lines: ['boom'] },
});

function envelope(differs: object = {}): object {
  return {
    Type: 'Notification',
    MessageId: 'sns-1',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:ecs-autopilot-production-alerts',
    Subject: 'production/web: latest is live',
    Message: 'the mail',
    Timestamp: at,
    MessageAttributes: { notification: { Type: 'String', Value: JSON.stringify(notification) } },
    ...differs,
  };
}

const record = (body: unknown, messageId = 'sqs-1'): object => ({
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { SentTimestamp: '1763892605000' },
});
const read = (body: unknown) => parseToldMessages({ Records: [record(body)] });

describe('what the queue hands over', () => {
  it('is the model that the topic was told', () => {
    expect(read(envelope())).toEqual([{ id: 'sqs-1', notification }]);
  });

  it('says how often it was handed over', () => {
    const told = { ...record(envelope()), attributes: { SentTimestamp: '1763892605000', ApproximateReceiveCount: '3' } };
    expect(parseToldMessages({ Records: [told] })).toMatchObject([{ id: 'sqs-1', attempt: 3 }]);
  });

  it('keeps fields of a later time', () => {
    const value = JSON.stringify({ ...notification, added: 'later' });
    expect(read(envelope({ MessageAttributes: { notification: { Type: 'String', Value: value } } }))).toMatchObject([
      { notification: { added: 'later' } },
    ]);
  });

  it.each<[name: string, body: unknown, foreign: object]>([
    [
      'a person wrote',
      envelope({ MessageAttributes: {} }),
      { id: 'sns-1', subject: 'production/web: latest is live', message: 'the mail', at },
    ],
    ['has no subject', envelope({ MessageAttributes: undefined, Subject: null }), { id: 'sns-1', message: 'the mail', at }],
    [
      'is of another version',
      envelope({ MessageAttributes: { notification: { Type: 'String', Value: '{"version":2}' } } }),
      { id: 'sns-1', subject: 'production/web: latest is live', message: 'the mail', at },
    ],
    ['was put into the queue by hand', 'hello', { id: 'sqs-1', message: 'hello', at: '2025-11-23T10:10:05.000Z' }],
  ])('is foreign where it %s', (_, body, foreign) => {
    expect(read(body)).toEqual([{ id: 'sqs-1', foreign }]);
  });

  it('keeps each message of a batch by its own id', () => {
    const ids = parseToldMessages({ Records: [record(envelope(), 'a'), record('hello', 'b')] }).map(({ id }) => id);
    expect(ids).toEqual(['a', 'b']);
  });

  it.each([[null], [{}], [{ Records: [{ body: 'x' }] }]])('is no batch: %j', (event) => {
    expect(() => parseToldMessages(event)).toThrow(PermanentError);
  });
});
