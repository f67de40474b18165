import { GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import type { Installation } from '../fixtures/installation.ts';
import { played } from '../fixtures/scenario.ts';

const web = 'production/web';
const live = ['live', 'deploying', 'baking', 'replaced', 'live'];

/** What Lambda or EventBridge gave up. */
async function deadLetters({ aws }: Installation): Promise<Record<string, unknown>[]> {
  const { QueueUrl } = await aws.sqs.send(new GetQueueUrlCommand({ QueueName: 'ecs-autopilot-production-dead-letters' }));
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body = '{}' }) => JSON.parse(Body) as Record<string, unknown>);
}

/** What our own code logged at level ERROR; Lambda's runtime adds a line of text for each error that is thrown. */
function errors({ logs }: Pick<Installation, 'logs'>): Record<string, unknown>[] {
  const lines = logs.filter(({ level }) => level === 'error').map(({ line }) => JSON.parse(line) as { message: unknown });
  return lines.flatMap(({ message }) => (typeof message === 'object' ? [message as Record<string, unknown>] : []));
}

const malformed: [name: string, event: object, wrong: string][] = [
  ['deploy-image', { source: 'aws.ecr', 'detail-type': 'ECR Image Action', detail: { 'image-tag': 7 } }, 'image-tag'],
  ['follow-rollout', { source: 'aws.ecs', 'detail-type': 'ECS Deployment State Change' }, 'detail'],
  ['apply-scan', { source: 'aws.ecr', 'detail-type': 'ECR Image Scan', detail: { 'repository-name': 7 } }, 'repository-name'],
  ['judge-stopped-task', { source: 'aws.ecs', 'detail-type': 'ECS Task State Change', detail: { taskArn: null } }, 'taskArn'],
];

/** What a function logged at level ERROR. */
function errorsOf({ logs }: Installation, name: string): Record<string, unknown>[] {
  return errors({ logs: logs.filter((line) => line.function.endsWith(`-${name}`)) });
}

describe('A malformed event', () => {
  it(
    'is logged as permanent, with what was wrong, and reaches the dead-letter queue once, whichever function it is for',
    played(async (here) => {
      for (const [name, event] of malformed) {
        const FunctionName = `ecs-autopilot-production-${name}`;
        await here.aws.lambda.send(
          new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) }),
        );
      }
      await here.minutes(2);
      expect(await deadLetters(here)).toEqual([]); // Lambda tries again after one minute, and after two more.
      await here.minutes(30);
      const given = await deadLetters(here);
      expect(given).toHaveLength(malformed.length);
      for (const [name, event, wrong] of malformed) {
        expect(given).toContainEqual(
          expect.objectContaining({
            requestPayload: event,
            requestContext: expect.objectContaining({ approximateInvokeCount: 3, condition: 'RetriesExhausted' }),
          }),
        );
        expect(errorsOf(here, name)).toHaveLength(3);
        expect(errorsOf(here, name)[0]).toMatchObject({ permanent: true, error: 'PermanentError', text: expect.stringContaining(wrong) });
      }
      expect(errors(here)).toHaveLength(3 * malformed.length);
      expect(here.told(web)).toHaveLength(1);
    }),
  );

  it(
    'for the tick is none: it needs nothing of its event',
    played(async (here) => {
      await here.aws.lambda.send(new InvokeCommand({ FunctionName: 'ecs-autopilot-production-tick', Payload: Buffer.from('{"what":1}') }));
      expect(errors(here)).toEqual([]);
    }),
  );
});

describe('AWS throttling', () => {
  it(
    'of each operation, twice, changes nothing in the end: the SDK tries again',
    played(async (here) => {
      const operations = [
        'ecs:DescribeServices',
        'ecs:RegisterTaskDefinition',
        'ecs:UpdateService',
        'ecr:DescribeImages',
        'dynamodb:UpdateItem',
      ];
      for (const operation of [...operations, 'sns:Publish']) here.fault({ refuse: { operation, times: 2 } });
      await here.push('web', 'latest', 'healthy');
      await here.minutes(6);
      expect(here.states(web)).toEqual(live);
      expect(here.made('ecs:UpdateService')).toHaveLength(1);
      expect(here.calls.filter(({ error }) => error === 'ThrottlingException')).toHaveLength(12);
      expect(errors(here)).toEqual([]);
    }),
  );

  it(
    'past all that the SDK tries ends in the same record, by Lambda and by the tick',
    played(async (here) => {
      here.fault({ refuse: { operation: 'ecs:UpdateService', times: 4 } });
      const digest = await here.push('web', 'latest', 'healthy');
      await here.minutes(10);
      expect(here.states(web)).toEqual(live);
      expect(here.made('ecs:UpdateService')).toHaveLength(1);
      expect(await here.images(await here.revision(web))).toEqual([`web@${digest}`]);
      expect(await deadLetters(here)).toEqual([]);
    }),
  );
});

describe('A topic that refuses messages for some minutes', () => {
  it(
    'loses none of them and holds up neither the deployment nor its record',
    played(async (here) => {
      here.fault({ refuse: { operation: 'sns:Publish', times: 1000, error: 'KMSDisabledException' } });
      const digest = await here.push('web', 'latest', 'healthy');
      await here.minutes(6);
      expect(here.states(web)).toEqual(['live']);
      expect((await here.history(web)).map(({ state }) => state)).toEqual(['replaced', 'live']);
      expect(await here.images(await here.revision(web))).toEqual([`web@${digest}`]);
      expect((await here.head(web)).owed.length).toBeGreaterThan(0);
      here.fault({ refuse: { operation: 'sns:Publish', times: 0 } });
      await here.minutes(3);
      expect(here.states(web).toSorted()).toEqual(live.toSorted());
      expect((await here.head(web)).owed).toEqual([]);
    }),
  );

  it(
    'delays no rollback',
    played(async (here) => {
      here.fault({ refuse: { operation: 'sns:Publish', times: 1000, error: 'KMSDisabledException' } });
      await here.push('web', 'latest', 'crash after=5s exit=1');
      await here.minutes(3);
      expect(await here.revision(web)).toBe('web:2');
      expect((await here.history(web)).at(-1)?.state).toBe('rolled-back');
      here.fault({ refuse: { operation: 'sns:Publish', times: 0 } });
      await here.minutes(3);
      expect(here.states(web)).toEqual(['live', 'deploying', 'rolling-back', 'rolled-back']);
    }),
  );
});
