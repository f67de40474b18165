import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

interface Post {
  headers: IncomingHttpHeaders;
  body: string;
}

let sandbox: Sandbox;
let sns: SNSClient;
let server: Server;
let TopicArn: string | undefined;
let Endpoint: string;
/** What the subscriber got, and how it answers what comes next. */
let posts: Post[];
let answers: number[];
const warnings: string[] = [];

beforeEach(async () => {
  [posts, answers] = [[], []];
  warnings.length = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posts.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`;
  sandbox = await startSandbox({ start: new Date('2026-01-05T10:00:00.000Z'), warn: (text) => warnings.push(text) });
  sns = new SNSClient({
    endpoint: sandbox.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
  ({ TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' })));
});
afterEach(async () => {
  await sandbox.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function subscribe(Attributes: Record<string, string> = {}): Promise<string> {
  const { SubscriptionArn = '' } = await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint, Attributes, ReturnSubscriptionArn: true }),
  );
  await sandbox.clock.settle();
  return SubscriptionArn;
}

async function confirmed(Attributes: Record<string, string> = {}): Promise<string> {
  const arn = await subscribe(Attributes);
  await fetch((JSON.parse(posts[0]?.body ?? '{}') as { SubscribeURL: string }).SubscribeURL);
  posts.length = 0;
  return arn;
}

async function publish(Message: string): Promise<void> {
  await sns.send(new PublishCommand({ TopicArn, Message, Subject: 'Rolled back' }));
  await sandbox.clock.settle();
}

describe('A web subscription', () => {
  it('is asked to confirm, and gets nothing before it did', async () => {
    await subscribe();
    await publish('early');
    expect(posts.map(({ headers }) => headers['x-amz-sns-message-type'])).toEqual(['SubscriptionConfirmation']);
    expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({
      Type: 'SubscriptionConfirmation',
      TopicArn,
      Token: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toMatchObject([
      { SubscriptionArn: 'PendingConfirmation', Endpoint },
    ]);
  });

  it('is not told its ARN at once, unless it asks', async () => {
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint }));
    expect(SubscriptionArn).toBe('pending confirmation');
  });

  it('gets messages once it visited the URL, in the envelope of SNS', async () => {
    const arn = await confirmed();
    await publish('back on web:3');
    expect(
      posts.map(({ headers }) => [headers['x-amz-sns-message-type'], headers['x-amz-sns-subscription-arn'], headers['content-type']]),
    ).toEqual([['Notification', arn, 'text/plain; charset=UTF-8']]);
    expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({
      Type: 'Notification',
      Subject: 'Rolled back',
      Message: 'back on web:3',
      TopicArn,
    });
  });

  it('is confirmed by its token too, and by no other', async () => {
    const arn = await subscribe();
    const { Token } = JSON.parse(posts[0]?.body ?? '{}') as { Token: string };
    await expect(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'guessed' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }))).toMatchObject({ SubscriptionArn: arn });
    expect((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }))).Attributes).toMatchObject({
      PendingConfirmation: 'false',
    });
  });

  it('gets raw messages as they are', async () => {
    await confirmed({ RawMessageDelivery: 'true' });
    await publish('{"state":"failed"}');
    expect(posts.map(({ headers, body }) => [headers['x-amz-sns-rawdelivery'], body])).toEqual([['true', '{"state":"failed"}']]);
  });

  it('gets what its filter on the body wants, and nothing else', async () => {
    const SubscriptionArn = await confirmed({
      RawMessageDelivery: 'true',
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: '{"detail":{"state":["failed"]}}',
    });
    for (const state of ['live', 'failed']) await publish(JSON.stringify({ detail: { state } }));
    await publish('failed');
    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: 'FilterPolicy',
        AttributeValue: '{"detail":{"state":["live"]}}',
      }),
    );
    await publish('{"detail":{"state":"live"}}');
    expect(posts.map(({ body }) => body)).toEqual(['{"detail":{"state":"failed"}}', '{"detail":{"state":"live"}}']);
  });

  it('is tried again after 20 seconds, three times', async () => {
    await confirmed();
    answers = [503, 429, 500, 200];
    await publish('once more');
    const counts = [posts.length];
    for (const ms of [19_999, 1, 20_000, 20_000, 20_000]) {
      await sandbox.clock.advance(ms);
      counts.push(posts.length);
    }
    expect([counts, warnings]).toEqual([[1, 1, 2, 3, 4, 4], []]);
  });

  it('loses what it never takes, and that is said', async () => {
    const arn = await confirmed();
    answers = [503, 503, 503, 503];
    await publish('lost');
    await sandbox.clock.advance(300_000);
    expect([posts.length, warnings]).toEqual([4, [`Subscription ${arn} lost a message: ${Endpoint} did not take it`]]);
  });

  it('of another machine is never written to', async () => {
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'https', Endpoint: 'https://hooks.example.com/' }));
    await sandbox.clock.advance(300_000);
    expect(warnings).toEqual([]);
  });

  it('has an endpoint of its protocol', async () => {
    await expect(sns.send(new SubscribeCommand({ TopicArn, Protocol: 'https', Endpoint }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});
