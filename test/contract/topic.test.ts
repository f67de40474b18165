import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { snsClient } from '../../lib/adapters/sns-client.ts';
import { snsTopic } from '../../lib/adapters/sns-topic.ts';
import type { Notification } from '../../lib/domain/notification.ts';
import { RefusedError } from '../../lib/errors.ts';
import type { Topic } from '../../lib/ports/topic.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { fakeTopic } from '../fakes/fake-topic.ts';
import { localOptions } from './client-options.ts';
import { aNotification } from './examples.ts';

interface Told {
  notification: Notification;
  subject: string;
  message: string;
}

interface Opened {
  topic: Topic;
  /** A topic that takes nothing. */
  refusing: Topic;
  told(): Told[];
  close(): Promise<void>;
}

async function inMemory(): Promise<Opened> {
  const topic = fakeTopic();
  const refusing = fakeTopic();
  refusing.refusal = new RefusedError('no', 'NotFound');
  const told = () => topic.told.map((notification, index) => ({ notification, subject: '', message: '', ...topic.mails[index] }));
  return { topic, refusing, told, close: async () => {} };
}

async function inSandbox(): Promise<Opened> {
  const sandbox = await startSandbox();
  const { TopicArn } = await sandbox.call('sns', 'CreateTopic', { Name: 'alerts' });
  const client = snsClient(localOptions(sandbox.endpoint, { maxAttempts: 1 }));
  const told = () =>
    sandbox.messages.map(({ subject = '', message, attributes }) => {
      const model = attributes['notification']?.StringValue ?? '';
      return { notification: JSON.parse(model) as Notification, subject, message };
    });
  return {
    topic: snsTopic(client, String(TopicArn)),
    refusing: snsTopic(client, `${String(TopicArn)}-absent`),
    told,
    close: sandbox.close,
  };
}

const mail = { subject: 'production/web runs latest', message: 'It ran for ten minutes without a failure.' };

describe.each<[name: string, open: () => Promise<Opened>]>([
  ['memory', inMemory],
  ['the sandbox', inSandbox],
])('Topic on %s', (_, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it('tells the notification and its mail, and a repeat once more', async () => {
    await opened.topic.tell(aNotification(), mail);
    await opened.topic.tell(aNotification(), mail);
    expect(opened.told()).toEqual([
      { notification: aNotification(), ...mail },
      { notification: aNotification(), ...mail },
    ]);
  });

  it('throws where the topic does not take it', async () => {
    await expect(opened.refusing.tell(aNotification(), mail)).rejects.toMatchObject({ name: 'RefusedError' });
  });
});
