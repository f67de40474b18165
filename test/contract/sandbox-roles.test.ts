import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../../sandbox/start.ts';
import { aFunction, aQueue, aRole } from '../fixtures/sandbox-package.ts';
import { arnOf, runSmall, type SmallSandbox } from '../fixtures/small-sandbox.ts';

let world: SmallSandbox;
let sandbox: Sandbox;
let warnings: string[];

beforeAll(async () => {
  world = await runSmall(
    {
      ...aQueue('Failed'),
      Narrow: aRole('narrow', [], 'lambda.amazonaws.com'),
      Nothing: aRole('nothing', [], 'lambda.amazonaws.com'),
      Mute: aFunction('mute', {
        Code: { S3Bucket: 'deployments', S3Key: 'small/test/echo.zip' },
        Role: arnOf('Nothing'),
        DeadLetterConfig: { TargetArn: arnOf('Failed') },
      }),
    },
    "exports.handler = async () => { throw new Error('as asked'); };",
  );
  ({ sandbox, warnings } = world);
});
afterAll(() => world.close());

const scheduledBy = (RoleArn: string): object => ({
  Name: 'often',
  ScheduleExpression: 'rate(1 minute)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:mute', RoleArn },
});

describe('What AWS does by a role', () => {
  it('does not send what failed to a queue that the role may not send to', async () => {
    await sandbox.call('lambda', 'Invoke', { FunctionName: 'mute', InvocationType: 'Event' });
    await sandbox.clock.advance(600_000);
    expect(await sandbox.call('sqs', 'ReceiveMessage', { QueueUrl: 'Failed' })).toEqual({});
    expect(warnings.filter((text) => text.startsWith('mute may not call sqs:'))).toEqual([
      'mute may not call sqs:SendMessage on arn:aws:sqs:eu-west-1:123456789012:Failed: no statement of role nothing comes near',
    ]);
  });

  it.each<[sentence: string, arn: string]>([
    ['that is not there', 'arn:aws:iam::123456789012:role/absent'],
    ['that does not trust Scheduler', 'arn:aws:iam::123456789012:role/narrow'],
  ])('schedules nothing by a role %s', async (_, arn) => {
    await expect(sandbox.call('scheduler', 'CreateSchedule', scheduledBy(arn))).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('must allow AWS EventBridge Scheduler to assume the role'),
    });
  });

  it('makes no function of a role that Lambda may not assume', async () => {
    const input = { FunctionName: 'other', Role: 'arn:aws:iam::123456789012:role/absent', Code: { ZipFile: '' } };
    await expect(sandbox.call('lambda', 'CreateFunction', input)).rejects.toMatchObject({
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  });

  it('feeds no function from a queue that its role may not read', async () => {
    const input = { FunctionName: 'mute', EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:Failed' };
    await expect(sandbox.call('lambda', 'CreateEventSourceMapping', input)).rejects.toMatchObject({
      message: 'The provided execution role does not have permissions to call ReceiveMessage on SQS',
    });
  });
});
